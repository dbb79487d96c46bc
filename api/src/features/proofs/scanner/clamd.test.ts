import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { parseClamdAddress, type ClamdAddress } from './clamd-address.ts'
import { clamdScanner } from './clamd.ts'

/** What the double received by INSTREAM: the content without its framing. */
interface Received {
  content: Buffer
}

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

/** Speaks as clamd(8) does: reads `zINSTREAM`, chunks by length, then answers. */
async function aDouble(
  answer: (socket: Socket, received: Received) => void,
  where?: string,
): Promise<{ address: ClamdAddress; received: Received }> {
  const received: Received = { content: Buffer.alloc(0) }
  const server: Server = createServer((socket) => {
    let waiting = Buffer.alloc(0)
    let greeted = false
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk])
      if (!greeted) {
        if (waiting.length < 10) return
        expect(waiting.subarray(0, 10).toString('latin1')).toBe('zINSTREAM\0')
        waiting = waiting.subarray(10)
        greeted = true
      }
      while (waiting.length >= 4) {
        const size = waiting.readUInt32BE(0)
        if (size === 0) return answer(socket, received)
        if (waiting.length < 4 + size) return
        received.content = Buffer.concat([received.content, waiting.subarray(4, 4 + size)])
        waiting = waiting.subarray(4 + size)
      }
    })
  })
  await new Promise<void>((resolve) =>
    where === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(where, resolve),
  )
  opened.push(() => new Promise((resolve) => server.close(() => resolve())))
  const address =
    where === undefined
      ? { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
      : { path: where }
  return { address, received }
}

const content = Buffer.alloc(300_000, 'contenu ')

describe('clamd', () => {
  it('receives the whole file by chunks, and its clean answer lets it pass', async () => {
    const { address, received } = await aDouble((socket) => socket.end('stream: OK\0'))
    expect(await clamdScanner(address).scan(content)).toEqual({ clean: true })
    expect(received.content.equals(content)).toBe(true)
  })

  it('names what it found', async () => {
    const { address } = await aDouble((socket) => socket.end('stream: Win.Test.EICAR_HDB-1 FOUND\0'))
    expect(await clamdScanner(address).scan(content)).toEqual({
      clean: false,
      signature: 'Win.Test.EICAR_HDB-1',
    })
  })

  it('is asked over a Unix socket', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'vigie-clamd-'))
    const { address } = await aDouble((socket) => socket.end('stream: OK\0'), join(directory, 'clamd.ctl'))
    expect(await clamdScanner(address).scan(content)).toEqual({ clean: true })
    await rm(directory, { recursive: true, force: true })
  })

  it('is never taken for clean when it is silent, absent, cut, refuses or says anything else', async () => {
    const away = { code: 'unavailable', detail: expect.stringContaining('antivirus') as string }
    const answers: ((socket: Socket) => void)[] = [
      () => {},
      (socket) => socket.end(),
      (socket) => socket.destroy(),
      (socket) => socket.end('INSTREAM size limit exceeded. ERROR\0'),
      (socket) => socket.end('stream: OK maybe\0'),
      (socket) => socket.end(Buffer.alloc(10_000, 'a')),
    ]
    for (const answer of answers) {
      const { address } = await aDouble(answer)
      await expect(clamdScanner(address, 300).scan(content)).rejects.toMatchObject(away)
    }
    const nobody = { path: join(tmpdir(), 'vigie-no-clamd.ctl') }
    await expect(clamdScanner(nobody).scan(content)).rejects.toMatchObject(away)
  })

  it('lets nothing but « OK » pass, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (text) => {
        const { address } = await aDouble((socket) => socket.end(`${text}\0`))
        const result = await clamdScanner(address, 2_000)
          .scan(Buffer.from('x'))
          .catch(() => null)
        if (result?.clean) expect(text.split('\0')[0]!.trim()).toBe('stream: OK')
      }),
      { numRuns: 40 },
    )
  })
})

describe('the address of clamd', () => {
  it('is a socket, or a host with its port', () => {
    expect(parseClamdAddress('unix:/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' })
    expect(parseClamdAddress('/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' })
    expect(parseClamdAddress('tcp://antivirus.exemple.fr:3311')).toEqual({
      host: 'antivirus.exemple.fr',
      port: 3311,
    })
    expect(parseClamdAddress('antivirus.exemple.fr')).toEqual({ host: 'antivirus.exemple.fr', port: 3310 })
    expect(parseClamdAddress('[::1]:3310')).toEqual({ host: '::1', port: 3310 })
    for (const wrong of ['http://x y', 'tcp://', 'tcp://host:99999', 'tcp://user@host', 'tcp://host/path']) {
      expect(parseClamdAddress(wrong), wrong).toBeNull()
    }
  })
})
