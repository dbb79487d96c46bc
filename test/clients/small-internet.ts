import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

export interface SmallInternet {
  readonly port: number
  /** What reached it: `HEAD http://site/`, `CONNECT site:443`. */
  readonly reached: readonly string[]
  /** Bytes that went through tunnels. */
  tunnelled(): number
  close(): Promise<void>
}

/**
 * All the sites of the world but the dead ones, behind one door: what a school's proxy sends its requests to. Every answer has a
 * body for whoever asks for it. In: names that no longer answer, the port of a TLS server where every tunnel leads.
 */
export async function aSmallInternet(
  dead: ReadonlySet<string> = new Set(),
  tunnelsTo: number | null = null,
): Promise<SmallInternet> {
  const reached: string[] = []
  const tunnels = new Set<Duplex>()
  let bytes = 0
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`)
    const site = request.headers.host ?? ''
    response.writeHead(dead.has(site) ? 503 : 200, { 'content-type': 'text/html' }).end('<p>Un site</p>')
  })
  server.on('connect', (request, socket) => {
    reached.push(`CONNECT ${request.url}`)
    tunnels.add(socket)
    socket.on('close', () => tunnels.delete(socket)).on('error', () => {})
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length))
    const isDead = dead.has((request.url ?? '').replace(/:443$/, ''))
    socket.write(`HTTP/1.1 ${isDead ? '503 Service Unavailable' : '200 Connection established'}\r\n\r\n`)
    if (isDead) socket.end()
    else if (tunnelsTo !== null) {
      const site = connect(tunnelsTo, '127.0.0.1')
      site.on('error', () => socket.destroy())
      socket.pipe(site).pipe(socket)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    reached,
    tunnelled: () => bytes,
    close: () =>
      new Promise((resolve) => {
        for (const socket of tunnels) socket.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
