import { deflateSync, gzipSync, inflateSync } from 'node:zlib'
import { createApp } from '@vigie/api'
import { rowsOf, schema, type Database } from '@vigie/db'
import { aCollectorAccount, type CollectorCredentials } from '@vigie/test/support/collector-account.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aRecorded, aWindowsInventory } from '@vigie/test/support/inventory.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const GLPI = { 'GLPI-Agent-ID': '00000000-0000-4000-8000-000000000001', 'GLPI-Request-ID': '7ED3EFEA' }
const WORKER = { role: 'vigie_worker' } as const

let db: Database
let uai: string
let account: CollectorCredentials
const clock = aClock()
const random = aRandom(11)
const app = () => createApp(depsOn(db, { clock, random }))

beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  uai = await anEtablissement().insert(db)
  account = await aCollectorAccount(db, uai)
})

const post = (body: Uint8Array | string, headers: Record<string, string> = {}) =>
  app().request('/v1/collect/inventory', {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: {
      'Content-Type': 'application/x-compress-zlib',
      Authorization: account.authorization,
      ...headers,
    },
  })
const machines = () =>
  db.transact(WORKER, (tx) => tx.select().from(schema.machine).where(eq(schema.machine.uai, uai)))
const evidence = async () => {
  const rows = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}
/** Number of rows of everything that an inventory may touch. */
const footprint = async () =>
  rowsOf<Record<string, number>>(
    await db.asOwner((tx) =>
      tx.execute(sql`select
        (select count(*) from machine)::int as machines, (select count(*) from machine_alias)::int as aliases,
        (select count(*) from machine_software)::int as lists, (select count(*) from software)::int as software,
        (select count(*) from evidence)::int as evidence, (select count(*) from evidence_current)::int as held,
        (select count(*) from journal_entry)::int as journal, (select count(*) from evaluation_due)::int as due`),
    ),
  )[0]

describe('the FusionInventory protocol', () => {
  it('asks for the inventory after a PROLOG, in zlib of the default level', async () => {
    const answer = await post(deflateSync(aRecorded('fusioninventory-prolog.xml')))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/x-compress-zlib')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([...bytes.slice(0, 2)]).toEqual([0x78, 0x9c])
    expect(inflateSync(bytes).toString()).toContain(
      '<REPLY><RESPONSE>SEND</RESPONSE><PROLOG_FREQ>24</PROLOG_FREQ></REPLY>',
    )
  })

  it('answers in plain XML an agent that does not compress, or compresses in gzip', async () => {
    for (const body of [
      aRecorded('fusioninventory-prolog.xml'),
      gzipSync(aRecorded('fusioninventory-prolog.xml')),
    ]) {
      const answer = await post(body)
      expect(answer.headers.get('content-type')).toBe('application/xml')
      expect(await answer.text()).toContain('<RESPONSE>SEND</RESPONSE>')
    }
  })

  it('puts the recorded machine in the parc with its software and what it proves', async () => {
    const answer = await post(deflateSync(aRecorded('fusioninventory.xml')))
    expect(answer.status).toBe(200)
    expect(inflateSync(await answer.arrayBuffer()).toString()).toContain('<REPLY></REPLY>')
    expect(await machines()).toMatchObject([
      { name: 'poste-demo', identity: 'mac:00:00:5e:00:53:03', firewallActive: false, antivirusActive: null },
    ])
    expect(await evidence()).toMatchObject({
      'parc.machine.count': 1,
      'parc.machine.reporting_30d': 1,
      'parc.machine.software_known': 1,
      'parc.workstation.count': 1,
      'parc.workstation.firewall_active': 0,
      'parc.workstation.os_supported': 1,
    })
  })

  it('leaves out what no agent of the establishment can tell', async () => {
    await post(deflateSync(aRecorded('fusioninventory.xml')))
    const keys = Object.keys(await evidence())
    expect(keys).not.toContain('parc.workstation.antivirus_active')
    expect(keys).not.toContain('parc.workstation.updated_60d')
    expect(keys).not.toContain('parc.workstation.autolock')
  })

  it('keeps nothing of the secrets that travelled', async () => {
    await post(deflateSync(aRecorded('fusioninventory.xml')))
    await post(deflateSync(aRecorded('windows.xml')))
    const stored = JSON.stringify(
      rowsOf(
        await db.asOwner((tx) =>
          tx.execute(sql`select (select json_agg(m) from machine m)::text as m, (select json_agg(j) from journal_entry j)::text as j,
            (select json_agg(s) from software s)::text as s, (select json_agg(e) from evidence e)::text as e`),
        ),
      ),
    )
    expect(stored).not.toMatch(/secretdemo|personne-demo|perl_args|wtmp/i)
  })
})

describe('the GLPI agent protocol', () => {
  it('replays the recorded first contact: PROLOG, then a whole inventory', async () => {
    const prolog = await post(deflateSync(aRecorded('glpi-agent-prolog.xml')), {
      'GLPI-Agent-ID': GLPI['GLPI-Agent-ID'],
    })
    expect(await prolog.json()).toEqual({ status: 'ok', expiration: 24 })
    const answer = await post(deflateSync(aRecorded('glpi-agent.json')), GLPI)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('glpi-request-id')).toBe('7ED3EFEA')
    expect(await answer.json()).toEqual({ status: 'ok', expiration: 24 })
    expect(await machines()).toHaveLength(1)
  })

  it('replays the recorded second run: contact, then a partial inventory that keeps the rest', async () => {
    await post(deflateSync(aRecorded('glpi-agent.json')), GLPI)
    const [before] = await machines()
    const contact = await post(deflateSync(aRecorded('glpi-agent-contact.json')), GLPI)
    expect(await contact.json()).toMatchObject({ status: 'ok', expiration: 24, tasks: { inventory: {} } })
    clock.advance(3_600_000)
    const partial = aRecorded('glpi-agent-partial.json').replace('"memory": 24105', '"memory": 32768')
    expect((await post(deflateSync(partial), GLPI)).status).toBe(200)
    const [after] = await machines()
    expect(after).toMatchObject({
      id: before?.id,
      memoryMb: 32768,
      osName: before?.osName,
      identity: before?.identity,
    })
    expect(await evidence()).toMatchObject({ 'parc.machine.software_known': 1 })
  })

  it('replays the older XML exchange', async () => {
    const answer = await post(deflateSync(aRecorded('glpi-agent-legacy.xml')), GLPI)
    expect(inflateSync(await answer.arrayBuffer()).toString()).toContain('<REPLY></REPLY>')
  })

  it('asks for a whole inventory when the first one is partial', async () => {
    const before = await footprint()
    const answer = await post(deflateSync(aRecorded('glpi-agent-partial.json')), GLPI)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toEqual({
      status: 'error',
      message: expect.stringContaining('inventaire complet') as string,
    })
    expect(await footprint()).toEqual(before)
  })
})

describe('meeting a machine again', () => {
  it('moves only the dates when the content is the same', async () => {
    await post(deflateSync(aWindowsInventory(1)))
    const [before] = await machines()
    clock.advance(600_000)
    await post(deflateSync(aWindowsInventory(1).replace('07:55:02', '07:55:03')))
    const all = await machines()
    expect(all).toHaveLength(1)
    expect({ ...all[0], lastInventoryAt: null, lastBootAt: null }).toEqual({
      ...before,
      lastInventoryAt: null,
      lastBootAt: null,
    })
    expect(all[0]?.lastInventoryAt).toEqual(clock.now())
  })

  it('knows a reinstalled machine by its hardware, under a new agent identifier', async () => {
    await post(deflateSync(aWindowsInventory(2)))
    await post(
      deflateSync(
        aWindowsInventory(2, (xml) => xml.replace(/<DEVICEID>.*<\/DEVICEID>/, '<DEVICEID>autre</DEVICEID>')),
      ),
    )
    expect(await machines()).toHaveLength(1)
  })

  it('keeps apart two machines cloned with one agent identifier', async () => {
    const cloned = (xml: string) => xml.replace(/<DEVICEID>.*<\/DEVICEID>/, '<DEVICEID>master</DEVICEID>')
    await post(deflateSync(aWindowsInventory(3, cloned)))
    await post(deflateSync(aWindowsInventory(4, cloned)))
    await post(deflateSync(aWindowsInventory(3, cloned)))
    expect(await machines()).toHaveLength(2)
  })

  it('counts both machines when two inventories arrive together', async () => {
    await Promise.all([5, 6, 7, 8].map((number) => post(deflateSync(aWindowsInventory(number)))))
    expect(await evidence()).toMatchObject({
      'parc.machine.count': 4,
      'parc.workstation.antivirus_active': 4,
      'parc.workstation.updated_60d': 4,
    })
  })

  it('keeps the parcs of two establishments apart, even for one machine', async () => {
    const other = await anEtablissement().insert(db)
    const theirs = await aCollectorAccount(db, other)
    await post(deflateSync(aWindowsInventory(9)))
    await post(deflateSync(aWindowsInventory(9)), { Authorization: theirs.authorization })
    expect(await machines()).toHaveLength(1)
  })
})

describe('what is refused leaves the database as it was', () => {
  const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 })
  const entity =
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><REQUEST><DEVICEID>&x;</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>'
  it.each([
    ['an empty body', new Uint8Array(), 422],
    ['truncated zlib', deflateSync(aRecorded('windows.xml')).subarray(0, 300), 422],
    ['malformed XML', '<REQUEST><CONTENT></REQUEST>', 422],
    ['an external entity', entity, 422],
    ['malformed JSON', '{"action":"inventory",', 422],
    ['JSON of another kind', '{"action":"netinventory","deviceid":"x"}', 415],
    ['neither XML nor JSON', 'bonjour', 415],
    ['a bomb', bomb, 413],
    ['a body that is too long', new Uint8Array(9 * 1024 * 1024), 413],
  ])('%s', async (_what, body, status) => {
    const before = await footprint()
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/[a-zé]{4}/)
    expect(await footprint()).toEqual(before)
  })

  it('asks for Basic credentials in the words that the Debian agent reads', async () => {
    const before = await footprint()
    for (const authorization of [
      undefined,
      'Basic ' + Buffer.from(`${account.login}:faux`).toString('base64'),
    ]) {
      const answer = await app().request('/v1/collect/inventory', {
        method: 'POST',
        body: aRecorded('windows.xml'),
        headers: authorization ? { Authorization: authorization } : {},
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Vigie"')
    }
    expect(await footprint()).toEqual(before)
  })

  it('a revoked account', async () => {
    await db.transact({ role: 'vigie_auth' }, (tx) =>
      tx
        .update(schema.collectorAccount)
        .set({ revokedAt: clock.now() })
        .where(eq(schema.collectorAccount.id, account.id)),
    )
    expect((await post(deflateSync(aRecorded('windows.xml')))).status).toBe(401)
    expect(await machines()).toHaveLength(0)
  })
})
