import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, eq, like } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const NOW = '2026-11-16T09:00:00Z'
const clock = aClock(NOW)
let db: Database
let api: Api
let uai: string
let token: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  token = await api.token('evidence:write', { kind: 'academie', code: '98' })
})
beforeEach(async () => {
  clock.set(NOW)
  uai = await anEtablissement().college().insert(db)
})
afterAll(() => db.close())

const hoursAgo = (hours: number) => new Date(clock.now().getTime() - hours * 3_600_000).toISOString()
const nights = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ at: hoursAgo(n * 24 + 8), success: true, host: 'SRV-1' }))
const report = (over: object = {}, documents: object = {}) => ({
  uai,
  repository: 'serveur',
  tool: 'generic',
  collectedAt: hoursAgo(1),
  covers: ['servers'],
  plannedIntervalHours: 24,
  keptInFullDays: 30,
  remote: true,
  transport: 'ssh',
  documents: { runs: nights(10), versions: 10, sizeBytes: 5_000, encrypted: true, ...documents },
  ...over,
})
const send = async (json: unknown, query = '', as = token) => {
  const response = await api.request(`/v1/collect/backups${query}`, { method: 'POST', json, as })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const evidence = async () => {
  const { evidenceCurrent: held } = schema
  const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select()
      .from(held)
      .where(and(eq(held.uai, uai), like(held.key, 'backup.%'))),
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key.replace('backup.', ''), value]))
}
const backups = async (as: Credentials) =>
  (await (await api.request(`/v1/etablissements/${uai}/backups`, { as })).json()) as {
    repositories: { repository: string; silent: boolean; sizes: unknown[]; sizeChange: unknown }[]
    uncovered: { servers: string[] }
  }
const aMachine = (name: string, kind: 'server' | 'workstation') =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.insert(schema.machine).values({
      id: randomUUID(),
      ...{ uai, name, kind, identity: `serial:${name}`, agent: 'essai', sections: {}, contentDigest: '' },
      usage: kind === 'workstation' ? 'administratif' : null,
      firstSeenAt: clock.now(),
      lastInventoryAt: clock.now(),
    }),
  )

describe('a report of backups', () => {
  it('keeps the state of the repository and what it proves', async () => {
    await aMachine('srv-1', 'server')
    await aMachine('srv-2', 'server')
    const { status, body } = await send(report())
    expect(status).toBe(200)
    expect(body).toMatchObject({ recorded: true, repository: { lastSuccessAt: hoursAgo(8), versions: 10 } })
    expect(await evidence()).toEqual({
      last_success_age: 7,
      schedule_interval: 24,
      success_ratio_30d: 1,
      versions_kept: 10,
      remote_copy: true,
      encrypted_in_transit: true,
      encrypted_at_rest: true,
      server_covered: 0.5,
    })
    const head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
    expect(await backups(head)).toMatchObject({
      repositories: [
        { repository: 'serveur', silent: false, sizes: [{ day: '2026-11-16', sizeBytes: 5_000 }] },
      ],
      uncovered: { servers: ['srv-2'] },
    })
  })

  it('says in a dry run what would be read and written, and writes nothing', async () => {
    const { body } = await send(report({}, { encrypted: false }), '?dryRun=true')
    expect(body).toMatchObject({ recorded: false, notes: [expect.stringContaining('pas chiffrées')] })
    expect(body['evidence']).toContainEqual({ key: 'backup.encrypted_at_rest', value: false })
    expect(await evidence()).toEqual({})
  })

  it('adds up repositories to the worst of them, and starts over when one is taken off', async () => {
    await send(report())
    await send(report({ repository: 'nas', remote: false, covers: ['administration'] }, { versions: 1 }))
    expect(await evidence()).toMatchObject({ versions_kept: 1, remote_copy: false })
    const referent = await api.signIn('referent', { kind: 'etablissement', code: uai })
    const path = `/v1/etablissements/${uai}/backups/nas`
    expect((await api.request(path, { method: 'DELETE', as: referent })).status).toBe(204)
    expect((await api.request(path, { method: 'DELETE', as: referent })).status).toBe(404)
    expect(await evidence()).toMatchObject({ versions_kept: 10, remote_copy: true })
  })

  it('renews no proof while a repository is silent, and says which', async () => {
    await send(report({ repository: 'nas' }))
    clock.advance(3 * 86_400_000)
    const { body } = await send(report())
    expect(body).toMatchObject({
      evidence: [],
      notes: [expect.stringContaining('Sans nouvelles de « nas »')],
    })
    const rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
    expect((await backups(rssi)).repositories.map(({ repository, silent }) => [repository, silent])).toEqual([
      ['nas', true],
      ['serveur', false],
    ])
  })

  it('takes the same report twice once, and never goes back to an older one', async () => {
    await send(report())
    expect((await send(report())).body).toMatchObject({ recorded: true })
    const older = await send(
      report({ collectedAt: hoursAgo(30) }, { runs: nights(10).slice(2), versions: 1 }),
    )
    expect(older.body).toMatchObject({ recorded: false, notes: [expect.stringContaining('plus récent')] })
    expect(await evidence()).toMatchObject({ versions_kept: 10 })
  })

  it('tells that a repository could not be read as a failure, not as an absence', async () => {
    await send(report())
    const { body } = await send(report({ unreadable: 'password', documents: undefined }))
    expect(body).toMatchObject({ notes: [expect.stringContaining('le mot de passe est refusé')] })
    const failures = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.collectionFailure).where(eq(schema.collectionFailure.uai, uai)),
    )
    expect(failures.map(({ key }) => key)).toContain('backup.last_success_age')
    expect(failures.map(({ key }) => key)).not.toContain('backup.restore_test_age')
    expect(await evidence()).toMatchObject({ versions_kept: 10 })
  })

  it('does not go back to an older failure once the repository was read', async () => {
    await send(report())
    const late = { collectedAt: hoursAgo(30), unreadable: 'locked', documents: undefined }
    const { body } = await send(report(late))
    expect(body).toMatchObject({ recorded: false, notes: [expect.stringContaining('plus récent')] })
    const failures = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.collectionFailure).where(eq(schema.collectionFailure.uai, uai)),
    )
    expect(failures).toEqual([])
  })

  it('notes a size that collapses', async () => {
    for (let day = 0; day < 5; day += 1) {
      await send(report({}, { sizeBytes: day === 4 ? 1_000 : 5_000 }))
      clock.advance(86_400_000)
    }
    const rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
    expect((await backups(rssi)).repositories[0]?.sizeChange).toEqual({ kind: 'drop', factor: 0.2 })
  })

  it('names every fault, and refuses an establishment that the caller does not see', async () => {
    const wrong = await send({ ...report(), covers: [], transport: 'pigeon' })
    expect(wrong.status).toBe(422)
    expect((wrong.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '/covers',
      '/transport',
    ])
    const elsewhere = await anEtablissement().inAcademie('97').insert(db)
    expect((await send(report({ uai: elsewhere }))).body).toMatchObject({ errors: [{ pointer: '/uai' }] })
    expect((await send('bonjour')).status).toBe(422)
  })

  it('refuses a body beyond the limit', async () => {
    const filler = 'x'.repeat(9 * 1024 * 1024)
    const response = await api.request('/v1/collect/backups', {
      method: 'POST',
      as: token,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ filler }),
    })
    expect(response.status).toBe(413)
  })
})
