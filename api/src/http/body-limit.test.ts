import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { limitBodies } from './body-limit.ts'
import { problemAnswer } from './problem.ts'

const app = new Hono()
app.onError((error, c) => {
  if (error instanceof AppError) return problemAnswer(c, error)
  throw error
})
app.use('*', limitBodies())
app.delete('/v1/thing', (c) => c.body(null, 204))
app.post('/v1/thing', async (c) => c.json({ length: (await c.req.text()).length }))

let server: Server
let address: string

beforeAll(async () => {
  server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/thing`
})

afterAll(() => void server.close())

/** Sent by chunks: the length is not told in advance. */
const chunked = (bytes: number): RequestInit =>
  ({
    method: 'POST',
    duplex: 'half',
    body: new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < bytes; sent += 65_536)
          controller.enqueue(new Uint8Array(Math.min(65_536, bytes - sent)).fill(97))
        controller.close()
      },
    }),
  }) as RequestInit

describe('a request over Node’s listener', () => {
  it('passes without a body', async () => {
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(204)
  })

  it('passes whole when its length is not told', async () => {
    expect(await (await fetch(address, chunked(200_000))).json()).toEqual({ length: 200_000 })
  })

  it('is refused beyond the limit, its length told or not', async () => {
    const told = await fetch(address, { method: 'POST', body: 'a'.repeat(1_200_000) })
    const untold = await fetch(address, chunked(1_200_000))
    expect([told.status, untold.status]).toEqual([413, 413])
  })
})
