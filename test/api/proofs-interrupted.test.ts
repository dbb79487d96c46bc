import { once } from 'node:events'
import { connect } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { schema, type Database } from '@vigie/db'
import { count } from 'drizzle-orm'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aForm, aPdf } from '../support/proof-file.ts'

const MEBIBYTE = 1024 * 1024
let db: Database
let api: Api
let server: Server
let port: number
let uai: string
let head: Credentials

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  uai = await anEtablissement().college().insert(db)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
  server = createServer(getRequestListener(api.app.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await db.close()
})

const rows = () =>
  db.asOwner(async (tx) => [
    (await tx.select({ n: count() }).from(schema.proof))[0]!.n,
    (await tx.select({ n: count() }).from(schema.proofContent))[0]!.n,
  ])

const OPENING = `--frontiere\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n`
const headOf = (length: string) =>
  [
    `POST /v1/etablissements/${uai}/proofs HTTP/1.1`,
    'Host: 127.0.0.1',
    `Cookie: ${head['Cookie']}`,
    'Sec-Fetch-Site: same-origin',
    'Content-Type: multipart/form-data; boundary=frontiere',
    length,
    '',
    '',
  ].join('\r\n')

interface Sent {
  readonly answer: string
  readonly bytes: number
}

/** Sends `pieces` over a bare socket, then cuts it or waits for the answer. */
function sendRaw(first: string, pieces: Iterable<Uint8Array>, { cut = false } = {}): Promise<Sent> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    let bytes = 0
    const done = () => resolve({ answer, bytes })
    socket.on('error', () => {})
    socket.on('close', done)
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8')
      if (/\r\n\r\n[\s\S]*\}/.test(answer)) socket.destroy()
    })
    socket.on('connect', async () => {
      socket.write(first)
      for (const piece of pieces) {
        if (socket.destroyed || answer !== '') break
        bytes += piece.length
        if (!socket.write(piece)) {
          const done = new AbortController()
          const events = ['drain', 'close', 'data'].map((name) => once(socket, name, { signal: done.signal }))
          await Promise.race(events).catch(() => {})
          done.abort()
          await Promise.allSettled(events)
        }
      }
      if (cut) socket.destroy()
    })
  })
}

function* chunksOf(piece: Uint8Array, times: number): Generator<Uint8Array> {
  const framed = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
  for (let sent = 0; sent < times; sent += 1) yield framed
}
const chunked = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

/** Waits until no upload holds a place: an ordinary one goes through. */
async function passes(mark: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/etablissements/${uai}/proofs`, {
    method: 'POST',
    headers: { ...head, 'Sec-Fetch-Site': 'same-origin' },
    body: aForm(aPdf(mark), 'apres.pdf'),
  })
  expect(response.status, await response.text()).toBe(201)
}

describe('an upload whose socket is cut', () => {
  it('leaves nothing, with its length told or not, and gives its place back', async () => {
    const before = await rows()
    const half = Buffer.alloc(3 * MEBIBYTE, 'a')
    for (let time = 0; time < 6; time += 1) {
      await sendRaw(headOf(`Content-Length: ${8 * MEBIBYTE}`) + OPENING, [half], { cut: true })
      const opening = headOf('Transfer-Encoding: chunked') + chunked(OPENING)
      await sendRaw(opening, chunksOf(Buffer.alloc(65_536, 'a'), 20), { cut: true })
    }
    await pause(300)
    expect(await rows()).toEqual(before)
    await passes('après les coupures')
    expect(await rows()).toEqual(before.map((n) => n + 1))
  })

  it('leaves nothing when it ends before its form does', async () => {
    const before = await rows()
    const body = `${OPENING}%PDF-1.4 half`
    const { answer } = await sendRaw(headOf(`Content-Length: ${body.length}`) + body, [])
    expect(answer).toMatch(/^HTTP\/1\.1 422/)
    expect(await rows()).toEqual(before)
  })
})

describe('an upload that is too long', () => {
  it('is told so once its sender has sent all, whether its length was told or not', async () => {
    const before = await rows()
    const body = Buffer.alloc(14 * MEBIBYTE, 'a')
    const told = await sendRaw(headOf(`Content-Length: ${OPENING.length + body.length}`) + OPENING, [body])
    const opening = headOf('Transfer-Encoding: chunked') + chunked(OPENING)
    const untold = await sendRaw(opening, [...chunksOf(body, 1), Buffer.from('0\r\n\r\n')])
    for (const { answer, bytes } of [told, untold]) {
      expect(answer).toMatch(/^HTTP\/1\.1 413[\s\S]*10 Mio/)
      expect(bytes).toBeGreaterThanOrEqual(body.length)
    }
    expect(await rows()).toEqual(before)
  })
})

describe('an upload that never ends', () => {
  it('is refused as soon as it is too long, and the memory stays bounded with twenty at once', async () => {
    const before = await rows()
    const piece = Buffer.alloc(65_536, 'a')
    const resting = process.memoryUsage().rss
    let peak = 0
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 20)
    const opening = headOf('Transfer-Encoding: chunked') + chunked(OPENING)
    const sent = await Promise.all(Array.from({ length: 20 }, () => sendRaw(opening, chunksOf(piece, 4_000))))
    clearInterval(watch)
    for (const { answer } of sent) expect(answer).toMatch(/^HTTP\/1\.1 (413|503)|^$/)
    expect(sent.filter(({ answer }) => answer.startsWith('HTTP/1.1 413')).length).toBeGreaterThan(0)
    expect(sent.find(({ answer }) => answer.startsWith('HTTP/1.1 413'))?.answer).toMatch(/10 Mio/)
    expect((peak - resting) / MEBIBYTE).toBeLessThan(200)
    expect(await rows()).toEqual(before)
    await passes('après les déluges')
  })

  it('is refused on its announced length before a byte is read', async () => {
    const { answer } = await sendRaw(headOf(`Content-Length: ${300 * MEBIBYTE}`) + OPENING, [])
    expect(answer).toMatch(/^HTTP\/1\.1 413/)
  })
})
