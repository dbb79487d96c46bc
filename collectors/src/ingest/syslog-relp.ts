import { FramingFault, SYSLOG_FRAME_LIMIT, type FrameReader } from './syslog-framer.ts'

/** One request of a RELP client; `bytes` is null when its content was too long to be kept. */
export interface RelpFrame {
  readonly transaction: number
  readonly command: string
  readonly bytes: Buffer | null
}

/** How every RELP session begins: told apart from octet counting by these bytes. */
export const RELP_OPENING = '1 open '

const HEADER_LIMIT = 9 + 1 + 32 + 1 + 9
const HEADER = /^(\d{1,9}) ([A-Za-z]{1,32}) (\d{1,9})$/
const [SPACE, LINE_FEED] = [0x20, 0x0a]
const LONGEST_SKIPPED = 9_999_999

/**
 * Frames of RELP (librelp, relp.txt, "framing"): `TXNR SP COMMAND SP DATALEN [SP DATA] LF`. A content longer than `limit` is
 * skipped without being held.
 */
export function createRelpFramer(limit: number = SYSLOG_FRAME_LIMIT): FrameReader<RelpFrame> {
  let header = ''
  let spaces = 0
  let frame: { transaction: number; command: string; length: number; body: Buffer | null } | null = null
  let filled = 0

  const open = (end: number): RelpFrame | null => {
    const [, transaction, command, length] = HEADER.exec(header) ?? []
    if (transaction === undefined || command === undefined) throw new FramingFault('length')
    header = ''
    spaces = 0
    filled = 0
    const size = Number(length)
    if (size > LONGEST_SKIPPED || (end === LINE_FEED && size > 0)) throw new FramingFault('length')
    const opened = { transaction: Number(transaction), command, length: size }
    if (end === LINE_FEED) return { ...opened, bytes: Buffer.alloc(0) }
    frame = { ...opened, body: size > limit ? null : Buffer.allocUnsafe(size) }
    return null
  }

  const readHeader = (byte: number): RelpFrame | null => {
    if (byte === LINE_FEED) return header === '' ? null : open(byte)
    if (byte === SPACE && spaces === 2) return open(byte)
    if (byte === SPACE) spaces += 1
    header += String.fromCharCode(byte)
    if (header.length > HEADER_LIMIT) throw new FramingFault('length')
    return null
  }

  return {
    held: () => frame?.body?.length ?? header.length,
    push: (chunk) => {
      const frames: RelpFrame[] = []
      let at = 0
      while (at < chunk.length) {
        if (frame && filled < frame.length) {
          const taken = Math.min(frame.length - filled, chunk.length - at)
          frame.body?.set(chunk.subarray(at, at + taken), filled)
          filled += taken
          at += taken
        } else if (frame) {
          if (chunk[at] !== LINE_FEED) throw new FramingFault('length')
          const { transaction, command, body } = frame
          frames.push({ transaction, command, bytes: body })
          frame = null
          at += 1
        } else {
          const complete = readHeader(chunk[at] ?? 0)
          if (complete) frames.push(complete)
          at += 1
        }
      }
      return frames
    },
  }
}

/** A response to the request of that number; `data` in ASCII. */
export const relpResponse = (transaction: number, data: string): Buffer =>
  Buffer.from(`${transaction} rsp ${Buffer.byteLength(data)} ${data}\n`)

/** Asks the client to open a new session, where it sends again what was not acknowledged. */
export const RELP_SERVER_CLOSE = Buffer.from('0 serverclose 0\n')

/** Answer to `open`: the offers that this side supports. */
export const RELP_OFFERS = '200 OK\nrelp_version=0\nrelp_software=vigie\ncommands=syslog'
