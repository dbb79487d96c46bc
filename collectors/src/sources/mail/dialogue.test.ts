import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readEncryption } from './encryption.ts'
import { IMAP, RELAY } from './speech.ts'

const opened: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of opened.splice(0)) server.close()
})

async function aServer(says: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    says(socket)
  })
  opened.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Says the same lines again and again, as fast as they are taken. */
const babbling = (lines: string) => (socket: Socket) => {
  const chunk = lines.repeat(1_000)
  const more = (): void => {
    if (socket.destroyed) return
    if (socket.write(chunk)) setImmediate(more)
    else socket.once('drain', more)
  }
  more()
}

describe('a mail server that never ends its answer', () => {
  it.each([
    ['in its greeting', RELAY, '220-bonjour\r\n'],
    ['when asked to encrypt', IMAP, '* OK bonjour\r\n'],
  ])('is left %s, long before its time is over', async (_, speech, lines) => {
    const port = await aServer(babbling(lines))
    const start = Date.now()
    const state = await readEncryption(
      { host: 'mx.exemple.fr', address: '127.0.0.1', port, direct: false, speech },
      undefined,
      new Date(),
      AbortSignal.timeout(8_000),
    )
    expect(state).toMatchObject({ kind: 'silent' })
    expect(Date.now() - start).toBeLessThan(4_000)
  })
})
