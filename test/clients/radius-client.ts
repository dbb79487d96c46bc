import { spawn } from 'node:child_process'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { SECRET } from './freeradius.ts'

export type RadiusAnswer = 'accept' | 'reject' | 'silence'

export interface AccessRequest {
  readonly login: string
  /** Absent: the request holds no User-Password. */
  readonly password?: string
  readonly callingStation?: string
  /** False leaves the request unsigned. */
  readonly signed?: boolean
  readonly seconds?: number
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** Sends one Access-Request with Debian's radclient, which checks the answer's signature. */
export function radclient(port: number, request: AccessRequest): Promise<RadiusAnswer> {
  const { login, password, callingStation, signed = true, seconds = 8 } = request
  const attributes = [
    `User-Name = ${quoted(login)}`,
    password === undefined ? null : `User-Password = ${quoted(password)}`,
    callingStation === undefined ? null : `Calling-Station-Id = ${quoted(callingStation)}`,
    signed ? 'Message-Authenticator = 0x00' : null,
  ].filter((line) => line !== null)
  return new Promise((resolve, reject) => {
    const options = ['-x', '-r', '1', '-t', String(seconds), `127.0.0.1:${port}`, 'auth', SECRET]
    const child = spawn('radclient', options)
    let written = ''
    child.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()))
    child.once('error', reject)
    child.once('close', () => {
      const [, verdict] = /Received Access-(Accept|Reject)/.exec(written) ?? []
      if (verdict) resolve(verdict === 'Accept' ? 'accept' : 'reject')
      else if (/No reply from server/.test(written)) resolve('silence')
      else reject(new Error(`radclient said: ${written}`))
    })
    child.stdin.end(`${attributes.join('\n')}\n`)
  })
}

const attribute = (type: number, value: Uint8Array) =>
  Buffer.concat([Buffer.of(type, value.length + 2), value])

/** RFC 2865, section 5.2. */
function hidden(password: Uint8Array, authenticator: Buffer): Buffer {
  const padded = Buffer.alloc(Math.max(16, Math.ceil(password.length / 16) * 16))
  padded.set(password)
  let previous = authenticator
  for (let at = 0; at < padded.length; at += 16) {
    const pad = createHash('md5').update(SECRET).update(previous).digest()
    for (let byte = 0; byte < 16; byte += 1) padded[at + byte]! ^= pad[byte]!
    previous = padded.subarray(at, at + 16)
  }
  return padded
}

/** A signed Access-Request as bytes: the same packet can be sent again (RFC 2865; RFC 3579, section 3.2). */
export function aPacket(login: Uint8Array | string, password: Uint8Array | string): Buffer {
  const authenticator = randomBytes(16)
  const attributes = [
    attribute(1, Buffer.from(login)),
    attribute(2, hidden(Buffer.from(password), authenticator)),
    attribute(80, Buffer.alloc(16)),
  ]
  const packet = Buffer.concat([Buffer.of(1, randomBytes(1)[0]!, 0, 0), authenticator, ...attributes])
  packet.writeUInt16BE(packet.length, 2)
  packet.set(createHmac('md5', SECRET).update(packet).digest(), packet.length - 16)
  return packet
}

export interface RadiusSocket {
  send(port: number, packet: Buffer, seconds?: number): Promise<RadiusAnswer>
  close(): void
}

/** One socket: a packet sent again from it is the same packet for a server. */
export function aRadiusSocket(): RadiusSocket {
  const socket = createSocket('udp4')
  return {
    send: (port, packet, seconds = 8) =>
      new Promise((resolve) => {
        const end = (answer: RadiusAnswer) => {
          clearTimeout(late)
          socket.off('message', hear)
          resolve(answer)
        }
        const late = setTimeout(() => end('silence'), seconds * 1_000)
        const hear = (message: Buffer) => end(message[0] === 2 ? 'accept' : 'reject')
        socket.on('message', hear)
        socket.send(packet, port, '127.0.0.1')
      }),
    close: () => socket.close(),
  }
}
