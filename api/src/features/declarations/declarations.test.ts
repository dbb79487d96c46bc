import type { Actor } from '@vigie/api/access'
import { schema, type Database } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { REQUIREMENTS } from '@vigie/rules'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { prepareEvidence, recordEvidence } from '../evidence/record-evidence.ts'
import { approveDerogation } from './approve-derogation.ts'
import { arbitrate } from './arbitrate.ts'
import { declare } from './declare.ts'
import { requestDerogation } from './request-derogation.ts'
import { monthsAfter } from './target.ts'

const WORKER = { role: 'vigie_worker' } as const
const random = aRandom(6)
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

function aPerson(role: Role, uai: string): Actor {
  const perimeter =
    role === 'rssi'
      ? ({ kind: 'academie', code: '98' } as const)
      : ({ kind: 'etablissement', code: uai } as const)
  return {
    kind: 'account',
    id: random.uuid(),
    login: role,
    displayName: role,
    grants: [{ role, perimeter }],
  }
}
function aSuite(uai: string) {
  const clock = aClock('2026-11-16T09:00:00Z')
  const deps = depsOn(db, { clock, random })
  const as = (role: Role) => contextOf(deps, aPerson(role, uai))
  return { clock, system: contextOf(deps), as }
}
const statusOf = async (uai: string, requirement: string) =>
  (
    await db.transact(WORKER, (tx) =>
      tx
        .select()
        .from(schema.requirementStatus)
        .where(
          and(eq(schema.requirementStatus.uai, uai), eq(schema.requirementStatus.requirement, requirement)),
        ),
    )
  )[0]
const recommended = REQUIREMENTS.find(({ levels }) => levels.d1 === 'R')!.id
const demanded = REQUIREMENTS.find(({ levels }) => levels.d1 === 'E')!.id
const optional = REQUIREMENTS.find(({ levels }) => levels.d1 === 'F')!.id
const IN_A_YEAR = '2027-11-16T09:00:00Z'

describe('declare', () => {
  it('counts at once, for 12 months, and is journalled', async () => {
    const uai = await anEtablissement().insert(db)
    const { clock, as, system } = aSuite(uai)
    const input = { verdict: 'compliant', comment: 'Charte signée par tous' } as const
    const declared = await declare(as('directeur_ecole'), { uai, requirement: demanded }, input)
    expect(declared.expiresAt).toBe('2027-11-16T09:00:00.000Z')
    expect(await statusOf(uai, demanded)).toMatchObject({ status: 'compliant', basis: 'declared' })
    const actions = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.uai, uai)),
    )
    expect(actions.map(({ action }) => action)).toContain('declaration.write')
    clock.set('2027-11-16T09:00:00Z')
    await evaluateEtablissements(system, [uai])
    expect((await statusOf(uai, demanded))?.status ?? 'unknown').toBe('unknown')
  })

  it('is refused to whoever has no right there, and the establishment of another does not exist', async () => {
    const uai = await anEtablissement().insert(db)
    const other = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const input = { verdict: 'compliant', comment: 'Fait' } as const
    await expect(declare(as('rssi'), { uai, requirement: demanded }, input)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      declare(as('directeur_ecole'), { uai: other, requirement: demanded }, input),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('arbitrate', () => {
  const decision = { verdict: 'compliant', reason: 'Vérifié sur place le 15', expiresAt: IN_A_YEAR } as const
  async function contradicted() {
    const uai = await anEtablissement().insert(db)
    const suite = aSuite(uai)
    const observe = async (hours: number) => {
      const observedAt = suite.clock.now()
      const observations = [
        { key: 'backup.last_success_age', value: hours, observedAt },
        { key: 'backup.success_ratio_30d', value: 0.7, observedAt },
      ] as const
      await prepareEvidence(suite.system, observations)
      await db.transact(WORKER, (tx) =>
        recordEvidence(tx, suite.system, uai, observations, { source: 's', collector: 'c' }),
      )
    }
    await observe(900)
    const input = { verdict: 'compliant', comment: 'Copie à la main' } as const
    await declare(suite.as('directeur_ecole'), { uai, requirement: 'MCO-SVG-1' }, input)
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ status: 'contradiction' })
    return { ...suite, uai, observe }
  }

  it('settles a contradiction until newer evidence says something else', async () => {
    const { uai, as, clock, observe, system } = await contradicted()
    const done = await arbitrate(as('rssi'), { uai, requirement: 'MCO-SVG-1' }, decision)
    expect(done).toMatchObject({ observedVerdict: 'non_compliant' })
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ status: 'compliant', basis: 'arbitrated' })
    clock.advance(3_600_000)
    await observe(100)
    await evaluateEtablissements(system, [uai])
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ status: 'contradiction', reopened: true })
    await arbitrate(as('rssi'), { uai, requirement: 'MCO-SVG-1' }, decision)
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ basis: 'arbitrated', reopened: false })
  })

  it('refuses where nothing contradicts, a date past or too far, and anybody but the RSSI', async () => {
    const { uai, as } = await contradicted()
    const target = { uai, requirement: 'MCO-SVG-1' }
    await expect(arbitrate(as('rssi'), { uai, requirement: demanded }, decision)).rejects.toMatchObject({
      code: 'conflict',
    })
    for (const expiresAt of ['2026-11-16T08:00:00Z', '2028-11-17T09:00:00Z']) {
      await expect(arbitrate(as('rssi'), target, { ...decision, expiresAt })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
    await expect(arbitrate(as('directeur_ecole'), target, decision)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('derogation', () => {
  const justification = 'Le prestataire remplace le matériel en juillet 2027.'

  it('counts once approved, until its expiry', async () => {
    const uai = await anEtablissement().insert(db)
    const { as, clock, system } = aSuite(uai)
    const asked = await requestDerogation(
      as('directeur_ecole'),
      { uai },
      { requirement: recommended, justification, expiresAt: IN_A_YEAR },
    )
    await evaluateEtablissements(system, [uai])
    expect((await statusOf(uai, recommended))?.derogatedUntil ?? null).toBeNull()
    await approveDerogation(as('rssi'), { uai, id: asked.id }, {})
    expect(await statusOf(uai, recommended)).toMatchObject({ derogatedUntil: new Date(IN_A_YEAR) })
    await expect(approveDerogation(as('rssi'), { uai, id: asked.id }, {})).rejects.toMatchObject({
      code: 'conflict',
    })
    clock.set(IN_A_YEAR)
    await evaluateEtablissements(system, [uai])
    expect((await statusOf(uai, recommended))?.derogatedUntil ?? null).toBeNull()
  })

  it('is refused for a demanded requirement, with the dated action as the way out', async () => {
    const uai = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const ask = (requirement: typeof demanded) =>
      requestDerogation(as('directeur_ecole'), { uai }, { requirement, justification, expiresAt: IN_A_YEAR })
    await expect(ask(demanded)).rejects.toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/requirement', detail: expect.stringContaining('action datée') as string }],
    })
    await expect(ask(optional)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('is approved by the RSSI alone, on a request of that establishment', async () => {
    const uai = await anEtablissement().insert(db)
    const other = await anEtablissement().insert(db)
    const { as } = aSuite(uai)
    const asked = await requestDerogation(
      as('directeur_ecole'),
      { uai },
      { requirement: recommended, justification, expiresAt: IN_A_YEAR },
    )
    await expect(approveDerogation(as('directeur_ecole'), { uai, id: asked.id }, {})).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(approveDerogation(as('rssi'), { uai: other, id: asked.id }, {})).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('monthsAfter', () => {
  it('keeps to the last day of a shorter month', () => {
    expect(monthsAfter(new Date('2027-02-28T10:00:00Z'), 12)).toEqual(new Date('2028-02-28T10:00:00Z'))
    expect(monthsAfter(new Date('2028-02-29T10:00:00Z'), 12)).toEqual(new Date('2029-02-28T10:00:00Z'))
  })
})
