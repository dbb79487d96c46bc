import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Wire {
  /** The same address, through the recorder. */
  readonly url: URL
  /** Every byte that passed, both ways. */
  bytes(): Buffer
  close(): Promise<void>
}

/** Stands between a client and a server, and keeps what passes. */
export async function aWire(target: URL): Promise<Wire> {
  const kept: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk: Buffer) => {
        kept.push(chunk)
        to.write(chunk)
      })
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`${target.protocol}//127.0.0.1:${port}`),
    bytes: () => Buffer.concat(kept),
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A server that takes connections and never says a word. */
export async function aSilentServer(): Promise<{ readonly url: URL; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`ldap://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
