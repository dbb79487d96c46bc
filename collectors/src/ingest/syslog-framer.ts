/** Bytes of a message that are kept at most; RFC 5425 (4.3.1) asks for 8,192 at least. */
export const SYSLOG_FRAME_LIMIT = 65_536

/** Digits of the longest announced length that is still skipped rather than refused. */
const LENGTH_DIGITS = 7

/** One message as it came, or the length of one too long to be kept. */
export type SyslogFrame =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'oversize'; readonly length: number }

/** Why the bytes are no octet-counted frames: nothing after them can be trusted. */
export class FramingFault extends Error {
  readonly reason: 'newline_framing' | 'length'

  constructor(reason: 'newline_framing' | 'length') {
    super(
      reason === 'newline_framing'
        ? 'messages ended by a line feed instead of counted octets'
        : 'no length of a message where one was expected',
    )
    this.reason = reason
  }
}

export interface FrameReader<F> {
  /** In: bytes as they come, cut anywhere. Out: the frames that they complete. Errors: `FramingFault`. */
  push(chunk: Uint8Array): F[]
  /** Bytes held for a frame that is not complete. */
  held(): number
}

const [ZERO, NINE, SPACE, LESS_THAN, LINE_FEED] = [0x30, 0x39, 0x20, 0x3c, 0x0a]

/**
 * Octet counting of RFC 6587 (3.4.1) and RFC 5425 (4.3): `MSG-LEN SP MSG`, the length in bytes. A line feed between two
 * frames is let through. A message longer than `limit` is skipped without being held.
 */
export function createSyslogFramer(limit: number = SYSLOG_FRAME_LIMIT): FrameReader<SyslogFrame> {
  let digits = ''
  let body: Buffer | null = null
  let filled = 0
  let skipping = 0
  let skipped = 0

  const readLength = (byte: number): void => {
    if (byte >= ZERO && byte <= NINE) {
      if (digits === '' && byte === ZERO) throw new FramingFault('length')
      digits += String.fromCharCode(byte)
      if (digits.length > LENGTH_DIGITS) throw new FramingFault('length')
      return
    }
    if (byte === LINE_FEED && digits === '') return
    if (byte !== SPACE || digits === '')
      throw new FramingFault(byte === LESS_THAN && digits === '' ? 'newline_framing' : 'length')
    const length = Number(digits)
    digits = ''
    if (length > limit) [skipping, skipped] = [length, length]
    else [body, filled] = [Buffer.allocUnsafe(length), 0]
  }

  return {
    held: () => body?.length ?? digits.length,
    push: (chunk) => {
      const frames: SyslogFrame[] = []
      let at = 0
      while (at < chunk.length) {
        if (body) {
          const taken = Math.min(body.length - filled, chunk.length - at)
          body.set(chunk.subarray(at, at + taken), filled)
          filled += taken
          at += taken
          if (filled < body.length) break
          frames.push({ kind: 'message', bytes: body })
          body = null
        } else if (skipping > 0) {
          const taken = Math.min(skipping, chunk.length - at)
          skipping -= taken
          at += taken
          if (skipping === 0) frames.push({ kind: 'oversize', length: skipped })
        } else {
          readLength(chunk[at] ?? 0)
          at += 1
        }
      }
      return frames
    },
  }
}
