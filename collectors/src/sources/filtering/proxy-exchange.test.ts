import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { askHeaders, askInsideTunnel, askTunnel, type Proxy } from './proxy-exchange.ts'

const opened: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of opened.splice(0)) server.close()
})

/** A proxy that answers the first bytes it hears by this text, then says nothing more. */
async function aProxy(said: string): Promise<Proxy> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => socket.write(said))
  })
  opened.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) }
}
const soon = () => AbortSignal.timeout(700)
const SITE = 'site.exemple.fr'

describe('a proxy that stops in the middle of its answer', { timeout: 6_000 }, () => {
  it.each([
    ['before its headers', ''],
    ['within its headers', 'HTTP/1.1 200 OK\r\nx-un: '],
  ])('is silent %s', async (_, said) => {
    const proxy = await aProxy(said)
    expect(await askHeaders(proxy, new URL(`http://${SITE}/`), soon())).toEqual({ kind: 'silent' })
    expect(await askTunnel(proxy, SITE, soon())).toEqual({ kind: 'silent' })
    expect(await askInsideTunnel(proxy, SITE, soon())).toEqual({ kind: 'silent' })
  })

  it('is silent when it opens a tunnel in which nobody answers', async () => {
    const proxy = await aProxy('HTTP/1.1 200 Connection established\r\n\r\n')
    expect(await askTunnel(proxy, SITE, soon())).toMatchObject({ kind: 'answered', status: 200 })
    expect(await askInsideTunnel(proxy, SITE, soon())).toEqual({ kind: 'silent' })
  })
})
