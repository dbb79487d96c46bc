import { schema, type Database } from '@vigie/db'
import { anApi, cookieOf } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDemonstration } from './build-demonstration.ts'
import { keyStages } from './keys/key-stages.ts'
import { DEMONSTRATION_PASSWORD } from './people.ts'
import { planEtablissements } from './plan/etablissements.ts'

const WORKER = { role: 'vigie_worker' } as const
/** The town of the heads: every kind of establishment but the villages. */
const ITEMS = planEtablissements().filter(({ commune }) => commune.name === 'Brumeval')

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const demonstrationDeps = (on: Database, demonstration = true) => {
  const deps = depsOn(on)
  return { ...deps, config: { ...deps.config, demonstration } }
}

describe('buildDemonstration', () => {
  it('resumes after an interruption, tells a history by running the product, then does nothing more', async () => {
    const deps = demonstrationDeps(db)
    const stages: string[] = []
    const interrupted = buildDemonstration(
      deps,
      ({ done }) => {
        if (done === 3) throw new Error('killed')
      },
      ITEMS,
    )
    await expect(interrupted).rejects.toThrow('killed')
    expect(await buildDemonstration(deps, ({ stage }) => stages.push(stage), ITEMS)).toBe(true)
    expect(stages.at(-1)).toBe('terminée')
    const read = await db.transact(WORKER, async (tx) => ({
      etablissements: await tx.select().from(schema.etablissement),
      machines: await tx.select().from(schema.machine),
      statuses: await tx.select().from(schema.requirementStatus),
      history: await tx.select().from(schema.scoreHistory),
      changes: await tx.select().from(schema.statusChange),
    }))
    expect(read.etablissements).toHaveLength(ITEMS.length)
    expect(read.machines.length).toBeGreaterThan(10)
    expect(new Set(read.history.map(({ day }) => day)).size).toBeGreaterThanOrEqual(4)
    expect(read.changes.some(({ fromStatus }) => fromStatus !== null)).toBe(true)
    const bases = new Set(read.statuses.map(({ basis }) => basis))
    for (const basis of ['observed', 'declared', 'contradiction'] as const) expect(bases).toContain(basis)
    expect(read.statuses.some(({ derogatedUntil }) => derogatedUntil !== null)).toBe(true)
    expect(await buildDemonstration(deps, () => expect.unreachable('it was already there'), ITEMS)).toBe(
      false,
    )
  }, 240_000)

  it('has targets declared and learnt from the parc, and the availability of what they stand for', async () => {
    const { targets, shares } = await db.transact(WORKER, async (tx) => ({
      targets: await tx.select().from(schema.supervisionTarget),
      shares: await tx.select().from(schema.serviceAvailability),
    }))
    expect(new Set(targets.map(({ origin }) => origin))).toEqual(new Set(['declared', 'learnt']))
    const services = new Set(targets.flatMap(({ uai, service }) => (service ? [`${uai} ${service}`] : [])))
    expect(shares.length).toBeGreaterThan(10)
    expect(shares.filter(({ uai, service }) => !services.has(`${uai} ${service}`))).toEqual([])
  })

  it('tells of incidents: alerts, requests, acts of several roles, and what they prove', async () => {
    const read = await db.transact(WORKER, async (tx) => ({
      incidents: await tx.select().from(schema.incident),
      events: await tx.select().from(schema.incidentEvent),
      evidence: await tx.select().from(schema.evidenceCurrent),
    }))
    expect(new Set(read.incidents.map(({ state }) => state))).toEqual(
      new Set(['open', 'acknowledged', 'resolved']),
    )
    expect(new Set(read.incidents.map(({ origin }) => origin))).toEqual(
      new Set(['alert', 'request', 'report']),
    )
    const kinds = new Set(read.events.map(({ kind }) => kind))
    for (const kind of ['opened', 'acknowledged', 'assigned', 'commented', 'resolved', 'reopened'] as const)
      expect(kinds).toContain(kind)
    expect(read.incidents.filter(({ assigneeId }) => assigneeId !== null).length).toBeGreaterThan(0)
    const keys = new Set(read.evidence.map(({ key }) => key))
    for (const key of ['incident.resolved_in_time_12m', 'incident.requests_answered_12m'])
      expect(keys).toContain(key)
  })

  it('tells the life of keys: stock, hand-overs, cases of several kinds, reports of past Fridays', async () => {
    const read = await db.transact(WORKER, async (tx) => ({
      keys: await tx.select().from(schema.otpKey),
      procedures: await tx.select().from(schema.keyProcedure),
      fridays: await tx.selectDistinct({ friday: schema.weeklyReport.friday }).from(schema.weeklyReport),
      slips: await tx.select({ kind: schema.bordereau.kind }).from(schema.bordereau),
      scans: await tx.select({ id: schema.bordereauScan.id }).from(schema.bordereauScan),
      acts: await tx.select().from(schema.keyAct),
    }))
    expect(read.keys.length).toBeGreaterThan(100)
    const states = new Set(read.keys.map(({ state }) => state))
    for (const state of ['stock', 'active', 'paused', 'lost', 'locked', 'initialised'] as const)
      expect(states).toContain(state)
    const open = read.procedures.filter(({ closedAt }) => closedAt === null).map(({ kind }) => kind)
    for (const kind of ['stand_in', 'return_of_holder', 'replacement'] as const) expect(open).toContain(kind)
    expect(read.procedures.some(({ outcome }) => outcome === 'done')).toBe(true)
    expect(read.fridays.length).toBeGreaterThanOrEqual(2)
    expect(new Set(read.slips.map(({ kind }) => kind))).toContain('recapitulatif_expedition')
    expect(read.scans.length).toBeGreaterThan(0)
    expect(read.acts.map(({ act }) => act)).toContain('rights_given')
  })

  it('lives the cases again, as an interrupted build does, without changing any key', async () => {
    const states = () =>
      db.transact(WORKER, (tx) =>
        tx
          .select({ serial: schema.otpKey.serial, state: schema.otpKey.state })
          .from(schema.otpKey)
          .orderBy(schema.otpKey.serial),
      )
    const before = await states()
    const ctx = contextOf(demonstrationDeps(db), { kind: 'system', id: 'demonstration' })
    const again = keyStages(ctx.clock.now(), ITEMS, true).filter(({ name }) => !name.includes('remises'))
    for (const { at, run } of again) await run({ ...ctx, clock: { now: () => new Date(at) } })
    expect(await states()).toEqual(before)
  }, 120_000)

  it('shows a head his key without asking for its code', async () => {
    const api = anApi(db)
    const entered = await api.enter('directeur.demo', DEMONSTRATION_PASSWORD)
    const own = await api.request('/v1/me/key', { as: { Cookie: cookieOf(entered) } })
    expect(await own.json()).toMatchObject({ key: { state: 'active' }, pinSet: true })
  })

  it('opens accounts that production refuses', async () => {
    const accounts = await db.transact({ role: 'vigie_auth' }, (tx) => tx.select().from(schema.account))
    expect(accounts.length).toBeGreaterThanOrEqual(12)
    expect(accounts.every(({ demonstration }) => demonstration)).toBe(true)
    const [rssi] = await db.transact({ role: 'vigie_auth' }, (tx) =>
      tx.select().from(schema.account).where(eq(schema.account.login, 'rssi.demo')),
    )
    expect(rssi?.passwordHash).not.toContain(DEMONSTRATION_PASSWORD)
  })

  it('refuses a database that holds other establishments, and production', async () => {
    const other = await aDatabase()
    await anEtablissement().insert(other)
    await expect(buildDemonstration(demonstrationDeps(other))).rejects.toMatchObject({ code: 'conflict' })
    await expect(buildDemonstration(demonstrationDeps(other, false))).rejects.toMatchObject({
      code: 'conflict',
    })
    await other.close()
  })
})
