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

/** A resolver of a school, in small: over UDP, every name has one address (RFC 1035, 4.1). */
export async function aDnsServer(): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, from) => {
    const { name, end } = nameIn(query)
    asked.push(name)
    const header = Buffer.alloc(HEADER)
    header.writeUInt16BE(query.readUInt16BE(0), 0)
    header.writeUInt16BE(0x8180, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(1, 6)
    // A pointer to the name asked, type A, class IN, 60 s, 192.0.2.53.
    const answer = Buffer.from([0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 53])
    socket.send(Buffer.concat([header, query.subarray(HEADER, end), answer]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}
