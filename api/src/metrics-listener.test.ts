import { request } from 'node:http'
import type { Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { startMetricsListener } from './metrics-listener.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const depsWith = (metricsToken: string | null) => {
  const deps = depsOn(db)
  return { ...deps, config: { ...deps.config, metricsToken } }
}

/** In: what names the listener to itself. Out: its answer. */
const call = (port: number, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end()
  })

describe('the listener of metrics', () => {
  it('asks no token on an address that only this machine reaches, and serves nothing else', async () => {
    const listener = await startMetricsListener(depsWith(null), { host: '127.0.0.1', port: 0 })
    try {
      expect(await call(listener.port, '/metrics')).toMatchObject({ status: 200 })
      expect((await call(listener.port, '/metrics')).text).toContain('db_pool_size{pool="api"}')
      expect(await call(listener.port, '/v1/me')).toMatchObject({ status: 404 })
      expect(await call(listener.port, '/metrics', {}, 'POST')).toMatchObject({ status: 404 })
    } finally {
      await listener.close()
    }
  })

  it('answers no page that reaches this machine under another name', async () => {
    const listener = await startMetricsListener(depsWith(null), { host: '127.0.0.1', port: 0 })
    try {
      expect(await call(listener.port, '/metrics', { Host: 'autre.exemple.fr' })).toMatchObject({
        status: 403,
      })
      expect(await call(listener.port, '/metrics', { Host: 'localhost:9610' })).toMatchObject({ status: 200 })
    } finally {
      await listener.close()
    }
  })

  it('asks the token on any other address, and does not start there without one', async () => {
    const everywhere = { host: '0.0.0.0', port: 0 }
    await expect(startMetricsListener(depsWith(null), everywhere)).rejects.toThrow('VIGIE_METRICS_TOKEN')
    const listener = await startMetricsListener(depsWith('secret'), everywhere)
    try {
      expect(await call(listener.port, '/metrics')).toMatchObject({ status: 401 })
      expect(await call(listener.port, '/metrics', { Authorization: 'Bearer faux' })).toMatchObject({
        status: 401,
      })
      expect(await call(listener.port, '/metrics', { Authorization: 'Bearer secret' })).toMatchObject({
        status: 200,
      })
    } finally {
      await listener.close()
    }
  })

  it('names the remedy when its address cannot be taken', async () => {
    const listener = await startMetricsListener(depsWith(null), { host: '127.0.0.1', port: 0 })
    try {
      const taken = startMetricsListener(depsWith(null), { host: '127.0.0.1', port: listener.port })
      await expect(taken).rejects.toThrow('VIGIE_METRICS_LISTEN')
    } finally {
      await listener.close()
    }
  })
})
