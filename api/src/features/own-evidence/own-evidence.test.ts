import { randomUUID } from 'node:crypto'
import { schema, type Database } from '@vigie/db'
import type { KeyState, Role } from '@vigie/db/schema'
import { openAccount } from '@vigie/test/support/account.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { recordEvidenceOfMany } from '../evidence/record-evidence.ts'
import { recordRestoreTest } from '../restore-tests/record-restore-test.ts'
import { reportOwnEvidence } from './report-own-evidence.ts'

const WORKER = { role: 'vigie_worker' } as const
const NOW = '2026-11-16T09:00:00Z'
const clock = aClock(NOW)
let db: Database
let ctx: Context
/** Its own académie, so that the people of one test are not seen from the others. */
let academie = 10
let uai: string

beforeAll(async () => {
  db = await aDatabase()
  const deps = depsOn(db, { clock, random: { ...aRandom(), uuid: randomUUID } })
  ctx = contextOf({ ...deps, config: { ...deps.config, strongRoles: ['rssi'] } })
})
beforeEach(async () => {
  clock.set(NOW)
  academie += 1
  uai = await anEtablissement().inAcademie(String(academie)).college().insert(db)
})
afterAll(() => db.close())

const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 86_400_000)

async function cameLately(role: Role, days: number | null, demonstration = false): Promise<string> {
  const perimeter =
    role === 'rssi'
      ? ({ kind: 'academie', code: String(academie) } as const)
      : ({ kind: 'etablissement', code: uai } as const)
  const login = `personne.${randomUUID().slice(0, 8)}`
  const id = await openAccount(ctx, {
    login,
    password: 'phrase longue des essais',
    grants: [{ role, perimeter }],
  })
  await db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .update(schema.account)
      .set({ demonstration, signedInAt: days === null ? null : daysAgo(days) })
      .where(eq(schema.account.id, id)),
  )
  return id
}

async function aHolder(state: KeyState | null, accountId: string | null = null) {
  const [holderId, keyId] = [randomUUID(), randomUUID()]
  const login = `porteur.${holderId.slice(0, 8)}`
  const place = { academie: String(academie), departement: '991', uai }
  await db.transact(WORKER, async (tx) => {
    const person = { kind: 'nominative', holderFunction: 'enseignant', displayName: 'Porteur' } as const
    await tx
      .insert(schema.otpHolder)
      .values({ id: holderId, login, accountId, createdAt: clock.now(), ...person, ...place })
    if (state === null) return
    await tx.insert(schema.otpKey).values({
      id: keyId,
      serial: `ESSAI-${keyId.slice(0, 8)}`,
      kind: 'hardware',
      unitPriceCents: 817,
      state,
      stateSince: clock.now(),
      importedAt: clock.now(),
      holderId,
      ...place,
    })
    await tx
      .insert(schema.otpCredential)
      .values({ holderId, keyId, login, academie: place.academie, active: state === 'active' })
  })
}

const aMachine = (over: Partial<typeof schema.machine.$inferInsert> = {}) =>
  db.transact(WORKER, (tx) =>
    tx.insert(schema.machine).values({
      id: randomUUID(),
      uai,
      name: 'poste',
      kind: 'workstation',
      identity: `serial:${randomUUID()}`,
      serial: 'S1',
      model: 'M1',
      agent: 'essai',
      sections: {},
      contentDigest: '',
      firstSeenAt: clock.now(),
      lastInventoryAt: clock.now(),
      ...over,
    }),
  )

async function proved(): Promise<Record<string, unknown>> {
  await reportOwnEvidence(ctx)
  const rows = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

describe('Vigie’s own evidence', () => {
  it('says nothing of an establishment of which it knows nothing', async () => {
    expect(await proved()).toEqual({})
  })

  describe('supervision.strong_authentication', () => {
    it('holds when everyone who came gives a code: by role, or because of a key', async () => {
      await cameLately('rssi', 2)
      await aHolder('active', await cameLately('referent', 3))
      expect(await proved()).toMatchObject({ 'supervision.strong_authentication': true })
    })

    it('fails as soon as someone came with a password alone, a demonstration account included', async () => {
      await cameLately('rssi', 2)
      await cameLately('chef_etablissement', 3)
      expect(await proved()).toMatchObject({ 'supervision.strong_authentication': false })
    })

    it('spares no demonstration account', async () => {
      await cameLately('rssi', 2, true)
      expect(await proved()).toMatchObject({ 'supervision.strong_authentication': false })
    })

    it('says nothing where nobody came over 30 days', async () => {
      await cameLately('rssi', 31)
      await cameLately('chef_etablissement', null)
      expect(await proved()).not.toHaveProperty('supervision.strong_authentication')
    })
  })

  describe('supervision.services_measured', () => {
    const measure = (service: string, days: number) =>
      db.transact(WORKER, (tx) =>
        tx.insert(schema.serviceAvailability).values({
          uai,
          service,
          span: '30d',
          ratio: 0.99,
          observedAt: daysAgo(days),
          source: 'prometheus.test',
        }),
      )

    it('counts the services measured now', async () => {
      await measure('INF-SEC', 1)
      await measure('UTI-PUB', 0)
      await measure('UTI-MSG', 9)
      expect(await proved()).toMatchObject({ 'supervision.services_measured': 2 })
    })

    it('is none where equipment is watched and no service is', async () => {
      const watched = { uai, key: 'supervision.targets', value: 4, observedAt: clock.now() } as const
      await db.transact(WORKER, (tx) =>
        recordEvidenceOfMany(tx, ctx, [watched], { source: 'prometheus.test', collector: 'essai' }),
      )
      expect(await proved()).toMatchObject({ 'supervision.services_measured': 0 })
    })
  })

  describe('auth.strong_available', () => {
    it('holds when one of the staff has a key in use', async () => {
      await aHolder('active')
      await aHolder(null)
      expect(await proved()).toMatchObject({ 'auth.strong_available': true })
    })

    it('fails when holders have no key in use', async () => {
      await aHolder('revoked')
      await aHolder(null)
      expect(await proved()).toMatchObject({ 'auth.strong_available': false })
    })
  })

  describe('the parc', () => {
    it('counts machines that the search finds, and those that left', async () => {
      await aMachine()
      await aMachine({ serial: null })
      await aMachine({ kind: 'other' })
      await aMachine({ retiredAt: daysAgo(3) })
      const values = await proved()
      expect(values).toMatchObject({ 'parc.machine.searchable': 1, 'parc.retired.count': 1 })
      expect(values).not.toHaveProperty('parc.retired.documented')
    })

    it('has nothing to document while no machine left', async () => {
      await aMachine()
      expect(await proved()).toMatchObject({ 'parc.retired.count': 0, 'parc.retired.documented': 0 })
    })

    it('is at the head’s disposal when the head has an account in use', async () => {
      await aMachine()
      expect(await proved()).toMatchObject({ 'parc.dashboard_available': false })
      await cameLately('chef_etablissement', null)
      expect(await proved()).toMatchObject({ 'parc.dashboard_available': true })
    })
  })

  describe('backup.restore_test_age', () => {
    const tried = (result: 'success' | 'failure') =>
      recordRestoreTest(ctx, uai, {
        performedAt: '2026-11-14T09:00:00Z',
        performedBy: 'Référent numérique',
        restored: 'Un dossier',
        result,
        repository: null,
        durationMinutes: null,
        comment: null,
      })

    it('grows by itself from the newest success', async () => {
      await tried('success')
      clock.advance(10 * 86_400_000)
      expect(await proved()).toMatchObject({ 'backup.restore_test_age': 12 })
    })

    it('says nothing of a failure', async () => {
      await tried('failure')
      expect(await proved()).not.toHaveProperty('backup.restore_test_age')
    })
  })

  it('writes again only what moved or grows old, and never over what another system tells', async () => {
    await aMachine()
    const told = { uai, key: 'parc.machine.searchable', value: 40, observedAt: clock.now() } as const
    await db.transact(WORKER, (tx) =>
      recordEvidenceOfMany(tx, ctx, [told], { source: 'glpi.test', collector: 'essai' }),
    )
    expect(await proved()).toMatchObject({ 'parc.machine.searchable': 40 })
    clock.advance(3_600_000)
    const before = await count()
    await proved()
    expect(await count()).toBe(before)
    clock.advance(3 * 86_400_000)
    await proved()
    expect(await count()).toBeGreaterThan(before)
  })

  const count = () => db.transact(WORKER, (tx) => tx.$count(schema.evidence, eq(schema.evidence.uai, uai)))
})
