import { request } from 'node:http'
import type { Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { refuseTakenPort, startServer, type RunningServer, type ServerOptions } from './server.ts'

let db: Database
const running: RunningServer[] = []

const start = async (options: Partial<ServerOptions> = {}, publicUrl: string | null = null) => {
  const deps = depsOn(db)
  const server = await startServer(
    { ...deps, config: { ...deps.config, publicUrl } },
    { port: 0, host: '127.0.0.1', ...options },
  )
  running.push(server)
  return server
}

/** Forwarded headers as the screens receive them. */
const mirror = (): Partial<ServerOptions> => ({
  loadWebHandler: () =>
    Promise.resolve((incoming, response) => {
      const {
        'x-forwarded-for': address,
        'x-forwarded-proto': proto,
        'x-forwarded-host': host,
      } = incoming.headers
      response.end(JSON.stringify({ url: incoming.url, address, proto, host }))
    }),
})

beforeAll(async () => {
  db = await aDatabase()
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})
afterAll(() => db.close())

describe('the server', () => {
  it('sends the API’s paths to the API and the rest to the screens', async () => {
    const { url } = await start(mirror())
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'alive' })
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
    expect((await fetch(`${url}/v1/me`)).status).toBe(401)
    expect((await fetch(`${url}/v1/absent`)).status).toBe(404)
    expect(await (await fetch(`${url}/connexion?vers=/v1`)).json()).toMatchObject({
      url: '/connexion?vers=/v1',
    })
    expect(await (await fetch(`${url}/v1000`)).json()).toMatchObject({ url: '/v1000' })
  })

  it('says that the screens are not built', async () => {
    const { url } = await start()
    const response = await fetch(url)
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('ne sont pas construites')
  })

  it('tells the screens who called, from where and by which address', async () => {
    const { url, port } = await start(mirror())
    expect(await (await fetch(url)).json()).toMatchObject({
      address: '127.0.0.1',
      proto: 'http',
      host: `127.0.0.1:${port}`,
    })
    const proxied = { 'x-forwarded-for': '198.51.100.4', 'x-forwarded-proto': 'https' }
    expect(await (await fetch(url, { headers: proxied })).json()).toMatchObject({
      address: '198.51.100.4',
      proto: 'https',
    })
    const named = await start(mirror(), 'https://vigie.exemple.fr')
    expect(await (await fetch(named.url)).json()).toMatchObject({ proto: 'https', host: 'vigie.exemple.fr' })
  })

  it('gives its metrics to the bearer of the token, by route template', async () => {
    const { url } = await start()
    await fetch(`${url}/v1/etablissements/0990001A?secret=1`)
    expect((await fetch(`${url}/metrics`)).status).toBe(401)
    expect((await fetch(`${url}/metrics`, { headers: { Authorization: 'Bearer wrong' } })).status).toBe(401)
    const metrics = await (
      await fetch(`${url}/metrics`, { headers: { Authorization: 'Bearer metrics-token' } })
    ).text()
    expect(metrics).toContain(
      'http_requests_total{method="GET",route="/v1/etablissements/:uai",status="4xx"} 1',
    )
    expect(metrics).toContain('http_request_duration_seconds_count{area="/v1/etablissements"} 1')
    expect(metrics).not.toContain('0990001A')
  })

  it('documents itself without loading anything from elsewhere', async () => {
    const { url } = await start()
    const document = (await (await fetch(`${url}/v1/openapi.json`)).json()) as {
      openapi: string
      paths: object
    }
    expect(document.openapi).toBe('3.1.0')
    const page = await (await fetch(`${url}/v1/docs`)).text()
    for (const path of Object.keys(document.paths)) expect(page).toContain(path)
    expect(page).not.toMatch(/<script|src=|https?:\/\/(?!www\.w3)[a-z]+\.(com|net|org)/)
  })

  it('refuses a body beyond the limit before it is read', async () => {
    const { port } = await start()
    const status = await new Promise<number>((resolve, reject) => {
      const call = request(
        { port, path: '/v1/sessions', method: 'POST', headers: { 'Content-Length': '2000000' } },
        (response) => {
          resolve(response.statusCode ?? 0)
          call.destroy()
        },
      )
      call.on('error', reject)
      call.write('{')
    })
    expect(status).toBe(413)
  })

  it('names the remedy when its port is taken or its address is not this machine’s', async () => {
    const { port } = await start()
    await expect(refuseTakenPort(port, '127.0.0.1')).rejects.toThrow(`VIGIE_PORT=${port + 1}`)
    await expect(start({ port })).rejects.toThrow('déjà pris')
    await expect(refuseTakenPort(0, '203.0.113.1')).rejects.toThrow('VIGIE_HOST')
  })

  it('lets a request under way finish when it stops', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const server = await start({
      loadWebHandler: () =>
        Promise.resolve((_request, response) => {
          void held.then(() => response.end('fini'))
        }),
    })
    const answer = fetch(server.url)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const closed = server.close()
    release()
    expect(await (await answer).text()).toBe('fini')
    await closed
    await expect(fetch(server.url)).rejects.toThrow()
  })
})
