import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

export interface DnsServer {
  /** `127.0.0.1:port`. */
  readonly address: string
  /** Names that were asked. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

const HEADER = 12

function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = HEADER
  for (let size = question[at] ?? 0; size > 0; size = question[at] ?? 0) {
    labels.push(question.toString('ascii', at + 1, at + 1 + size))
    at += size + 1
  }
  return { name: labels.join('.'), end: at + 5 }
}

/** Records that a name has, beside an address. */
export interface DnsRecords {
  readonly a?: string
  readonly txt?: readonly string[]
  readonly mx?: readonly string[]
  readonly srv?: readonly { readonly host: string; readonly port: number }[]
}

/** What a name gets: an IPv4 address, records, or a refusal of the resolver (RFC 1035, 4.1.1, RCODE). */
export type DnsReply = string | DnsRecords | 'absent' | 'refused'

const RCODE = { absent: 3, refused: 5 } as const
const TYPE = { a: 1, mx: 15, txt: 16, srv: 33 } as const
const EVERYWHERE = '192.0.2.53'

const name = (text: string) =>
  Buffer.concat([
    ...text
      .split('.')
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'ascii')])),
    Buffer.from([0]),
  ])
const short = (...values: readonly number[]) =>
  Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]))

/** Data of the records of one type (RFC 1035, 3.3; RFC 2782). */
function dataOf(records: DnsRecords, type: number): readonly Buffer[] {
  switch (type) {
    case TYPE.a:
      return records.a === undefined ? [] : [Buffer.from(records.a.split('.').map(Number))]
    case TYPE.mx:
      return (records.mx ?? []).map((host, index) => Buffer.concat([short(10 * (index + 1)), name(host)]))
    case TYPE.txt:
      return (records.txt ?? []).map((text) =>
        Buffer.concat(
          (text.match(/.{1,255}/gs) ?? ['']).map((part) =>
            Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')]),
          ),
        ),
      )
    case TYPE.srv:
      return (records.srv ?? []).map(({ host, port }) => Buffer.concat([short(10, 10, port), name(host)]))
    default:
      return []
  }
}

/** A resolver of a school, in small: over UDP, every name has one address, unless `replyTo` says otherwise (RFC 1035, 4.1). */
export async function aDnsServer(replyTo: (name: string) => DnsReply = () => EVERYWHERE): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, from) => {
    const { name: question, end } = nameIn(query)
    asked.push(question)
    const reply = replyTo(question)
    const type = query.readUInt16BE(end - 4)
    const refusal = reply === 'absent' || reply === 'refused' ? RCODE[reply] : 0
    const data =
      reply === 'absent' || reply === 'refused'
        ? []
        : typeof reply === 'string'
          ? dataOf({ a: reply }, TYPE.a)
          : dataOf(reply, type)
    const answered = typeof reply === 'string' ? TYPE.a : type
    const header = Buffer.concat([query.subarray(0, 2), short(0x8180 | refusal, 1, data.length, 0, 0)])
    // Each answer: a pointer to the name asked, its type, class IN, 60 s, then its data.
    const answers = data.map((one) =>
      Buffer.concat([Buffer.from([0xc0, HEADER]), short(answered, 1, 0, 60, one.length), one]),
    )
    socket.send(Buffer.concat([header, query.subarray(HEADER, end), ...answers]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}
