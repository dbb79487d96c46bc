import { deflateSync } from 'node:zlib'
import { startServer, type RunningServer } from '@vigie/api/server'
import { rowsOf, type Database } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCollectorAccount, type CollectorCredentials } from '../support/collector-account.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aRecorded } from '../support/inventory.ts'

let db: Database
let server: RunningServer
let uai: string
let account: CollectorCredentials

beforeAll(async () => {
  db = await aDatabase()
  uai = await anEtablissement().insert(db)
  account = await aCollectorAccount(db, uai)
  server = await startServer(depsOn(db), { port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await server?.close()
  await db?.close()
})

/** Sends a recorded message with the headers that the agent sent. */
const replay = (name: string, requestId: string | null, authorization = account.authorization) =>
  fetch(`${server.url}/v1/collect/inventory`, {
    method: 'POST',
    body: new Uint8Array(deflateSync(aRecorded(name))),
    headers: {
      'User-Agent': 'GLPI-Agent_v1.12-dev',
      Pragma: 'no-cache',
      'Content-Type': 'application/x-compress-zlib',
      'GLPI-Agent-ID': '00000000-0000-4000-8000-000000000001',
      ...(requestId ? { 'GLPI-Request-ID': requestId } : {}),
      Authorization: authorization,
    },
  })

const countMachines = async () =>
  rowsOf<{ count: number }>(
    await db.asOwner((tx) => tx.execute(sql`select count(*)::int as count from machine where uai = ${uai}`)),
  )[0]?.count

describe('the recorded GLPI agent, replayed over HTTP', () => {
  it('has its first contact', async () => {
    expect(await (await replay('glpi-agent-prolog.xml', null)).json()).toEqual({
      status: 'ok',
      expiration: 24,
    })
    const inventory = await replay('glpi-agent.json', '7ED3EFEA')
    expect(inventory.headers.get('GLPI-Request-ID')).toBe('7ED3EFEA')
    expect(await inventory.json()).toEqual({ status: 'ok', expiration: 24 })
    expect(await countMachines()).toBe(1)
  })

  it('has its second run, with a partial inventory', async () => {
    const contact = await replay('glpi-agent-contact.json', '56C28846')
    expect(contact.headers.get('GLPI-Request-ID')).toBe('56C28846')
    expect(await contact.json()).toMatchObject({ status: 'ok', expiration: 24, tasks: { inventory: {} } })
    expect(await (await replay('glpi-agent-partial.json', '5F14A27A')).json()).toMatchObject({ status: 'ok' })
    expect(await countMachines()).toBe(1)
  })

  it('has its older XML exchange, of the same machine', async () => {
    expect((await replay('glpi-agent-legacy.xml', null)).status).toBe(200)
    expect(await countMachines()).toBe(1)
  })

  it('reads why it is refused', async () => {
    const refused = await replay('glpi-agent.json', '8036DABC', 'Basic YTpi')
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Basic realm="Vigie"')
    expect(refused.headers.get('GLPI-Request-ID')).toBe('8036DABC')
    expect(await refused.json()).toEqual({ status: 'error', message: expect.any(String) as string })
  })
})
