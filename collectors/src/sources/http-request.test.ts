import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CollectionError } from '../collector.ts'
import { httpRequest } from './http-request.ts'

const opened: Server[] = []
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function aServer(says: Parameters<typeof createServer>[1]): Promise<URL> {
  const server = createServer(says ?? (() => {}))
  opened.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}
const get = (url: URL, maxBytes?: number) =>
  httpRequest(
    url,
    { method: 'GET', headers: {}, ...(maxBytes === undefined ? {} : { maxBytes }) },
    AbortSignal.timeout(10_000),
  )

describe('an HTTP exchange', () => {
  it('gives what was answered, accents cut between two chunks included', async () => {
    const bytes = Buffer.from('été')
    const url = await aServer((_, response) => {
      response.write(bytes.subarray(0, 1))
      setTimeout(() => response.end(bytes.subarray(1)), 50)
    })
    expect(await get(url)).toEqual({ status: 200, text: 'été' })
  })

  it('is given up when the answer never ends, long before its time is over', async () => {
    let sent = 0
    const url = await aServer((_, response) => {
      const more = (): void => {
        if (response.destroyed) return
        sent += 65_536
        if (response.write(Buffer.alloc(65_536, 'a'))) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    const refused = await get(url, 1_048_576).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(CollectionError)
    expect(refused).toMatchObject({ retryable: false, message: expect.stringContaining('1 Mio') as string })
    expect(sent).toBeLessThan(16 * 1_048_576)
  })

  it('does not follow a redirect', async () => {
    const asked: string[] = []
    const url = await aServer(({ url: path }, response) => {
      asked.push(path ?? '')
      response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    })
    expect(await get(url)).toMatchObject({ status: 302 })
    expect(asked).toEqual(['/'])
  })
})
