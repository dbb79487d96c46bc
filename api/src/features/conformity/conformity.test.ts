import { createApp } from '@vigie/api'
import type { Actor } from '@vigie/api/access'
import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aStatus, keepStatuses, pointsFrom, storedScore } from '@vigie/test/support/statuses.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listRequirements } from './list-requirements.ts'
import { readBulletin } from './read-bulletin.ts'
import { readRequirement } from './read-requirement.ts'

const WORKER = { role: 'vigie_worker' } as const
const AUTHOR = '00000000-0000-4000-8000-0000000000aa'
const college = anEtablissement().with({ commune: 'Albi' }).college()
const blank = anEtablissement()
const { uai } = college
const head: Actor = {
  kind: 'account',
  id: AUTHOR,
  login: 'chef',
  displayName: 'Chef',
  grants: [{ role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: uai } }],
}

let db: Database
const ctx = () => contextOf(depsOn(db))

beforeAll(async () => {
  db = await aDatabase()
  await college.insert(db)
  await blank.insert(db)
  await keepStatuses(db, { uai, degree: 'd2' }, [
    aStatus(uai, 'MCO-SVG-1', 'non_compliant'),
    aStatus(uai, 'MCO-SVG-2', 'compliant'),
    aStatus(uai, 'INF-AUT-7', 'non_compliant'),
    aStatus(uai, 'INF-PDT-8', 'contradiction'),
    aStatus(uai, 'MCO-SVG-3', 'non_compliant', { derogatedUntil: new Date('2027-06-30T00:00:00Z') }),
  ])
  await db.ensureMonths('evidence', [new Date('2026-10-01T00:00:00Z'), new Date('2025-10-01T00:00:00Z')])
  await db.transact(WORKER, async (tx) => {
    await tx.insert(schema.sharingOverride).values({
      academie: '98',
      degree: 'd2',
      requirement: 'MCO-SVG-1',
      party: 'etablissement',
    })
    const { total } = pointsFrom('d2', [])
    await tx.insert(schema.scoreHistory).values([
      { uai, day: '2026-06-01', ...storedScore(total) },
      { uai, day: '2026-10-01', ...storedScore(total) },
    ])
    const change = { uai, verdict: 'compliant' as const, reason: 'Motif', figures: [] }
    await tx.insert(schema.statusChange).values([
      {
        ...change,
        requirement: 'MCO-SVG-1',
        at: new Date('2026-05-01'),
        fromStatus: null,
        toStatus: 'compliant',
      },
      {
        ...change,
        requirement: 'MCO-SVG-1',
        at: new Date('2026-10-01'),
        fromStatus: 'compliant',
        toStatus: 'non_compliant',
      },
      {
        ...change,
        requirement: 'MCO-SVG-2',
        at: new Date('2026-10-02'),
        fromStatus: null,
        toStatus: 'compliant',
      },
    ])
    const observed = {
      ...{ uai, key: 'backup.last_success_age', source: 'nas', collector: 'prometheus' },
      receivedAt: new Date('2026-10-02T00:00:00Z'),
    }
    await tx.insert(schema.evidence).values([
      { ...observed, value: 400, observedAt: new Date('2026-10-02T00:00:00Z') },
      { ...observed, value: 3, observedAt: new Date('2025-10-02T00:00:00Z') },
    ])
    await tx.insert(schema.evidenceCurrent).values({
      ...observed,
      value: 400,
      observedAt: new Date('2026-10-02T00:00:00Z'),
      expiresAt: new Date('2026-10-05T00:00:00Z'),
    })
    await tx.insert(schema.collectionFailure).values({
      ...{ uai, key: 'backup.success_ratio_30d', collector: 'prometheus', reason: 'délai dépassé' },
      failedAt: new Date('2026-11-15T00:00:00Z'),
    })
  })
  await db.asOwner(async (tx) => {
    await tx.insert(schema.account).values({
      ...{ id: AUTHOR, login: 'chef', displayName: 'Camille Essai', passwordHash: 'x' },
      createdAt: new Date('2026-01-01'),
    })
    await tx.insert(schema.declaration).values({
      ...{
        id: AUTHOR,
        uai,
        requirement: 'MCO-SVG-1',
        verdict: 'compliant',
        comment: 'Refait',
        author: AUTHOR,
      },
      declaredAt: new Date('2026-10-03'),
      expiresAt: new Date('2027-10-03'),
    })
  })
})
afterAll(() => db.close())

describe('the bulletin', () => {
  it('gives each service a sentence, a sign, its movement and who acts', async () => {
    const { services, schoolYearStart, trend } = await readBulletin(ctx(), uai)
    expect(services).toHaveLength(15)
    const backup = services.find(({ service }) => service === 'MCO-SVG')
    expect(backup).toMatchObject({
      status: 'non_compliant',
      share: { numerator: 1, denominator: 9 },
      trend: { direction: 'steady', gained: 1, lost: 1 },
    })
    expect(backup?.appreciation).toMatch(/^Insuffisant/)
    expect(backup?.actors).toContain('vous')
    expect(schoolYearStart).toBe('2026-09-01')
    expect(trend.from?.exige).toMatchObject({ numerator: 0, denominator: 94 })
    expect(trend.to?.exige?.numerator).toBeGreaterThan(0)
  })

  it('orders three priorities, with whom to call under the sharing of the académie', async () => {
    const { priorities } = await readBulletin(ctx(), uai)
    expect(priorities.map(({ requirement }) => requirement)).toEqual(['INF-AUT-7', 'MCO-SVG-1', 'INF-PDT-8'])
    expect(priorities[1]?.whom).toEqual({ party: 'etablissement', label: 'vous', name: 'Collège des Essais' })
    expect(priorities.every(({ why, what }) => why.length > 0 && what.length > 0)).toBe(true)
  })

  it('lists what is unknown, required first, and names the contacts', async () => {
    const { unknowns, contacts } = await readBulletin(ctx(), uai)
    expect(unknowns).toHaveLength(158)
    const levels = unknowns.map(({ level }) => level).join('')
    expect(levels).toMatch(/^E+R+F+$/)
    expect(contacts.map(({ name }) => name)).toEqual([
      'Collège des Essais',
      'Département Haute-Brume',
      'Académie de Valmont',
    ])
  })

  it('says that it does not know yet before the first evidence', async () => {
    const bulletin = await readBulletin(ctx(), blank.uai)
    expect(bulletin.priorities).toEqual([])
    expect(bulletin.evaluatedAt).toBeNull()
    for (const { appreciation, share, status } of bulletin.services) {
      expect(appreciation).toMatch(/^Nous ne savons pas encore/)
      expect({ share, status }).toEqual({ share: null, status: 'unknown' })
    }
  })
})

describe('the requirements of an establishment', () => {
  it('are 163, those without a row being unknown for a reason that says what is awaited', async () => {
    const { total, rows } = await listRequirements(ctx(), uai, {})
    expect(total).toBe(163)
    const manual = rows.find(({ automatic }) => !automatic)
    expect(manual).toMatchObject({ verdict: 'unknown', unknownReason: 'never_observed', basis: 'none' })
    expect(manual?.reason).toMatch(/attend une déclaration/)
    const automatic = rows.find(({ id }) => id === 'MCO-SVG-5')
    expect(automatic?.reason).toMatch(/^Aucune preuve n’a encore été reçue/)
  })

  it.each([
    [{ service: 'MCO-SVG' as const }, 13],
    [{ level: 'F' as const }, 26],
    [{ status: 'contradiction' as const }, 1],
    [{ automatic: 'true' as const, service: 'UTI-ESF' as const }, 3],
    [{ q: 'mco-svg-13' }, 1],
  ])('filter by %o', async (query, expected) => {
    expect((await listRequirements(ctx(), uai, query)).total).toBe(expected)
  })
})

describe('one requirement', () => {
  it('gives the verdict with its evidence, missing keys and failures included', async () => {
    const detail = await readRequirement(ctx(), uai, 'MCO-SVG-1')
    expect(detail).toMatchObject({ level: 'E', status: 'non_compliant', party: 'etablissement' })
    expect(detail.evidence).toMatchObject([
      { key: 'backup.last_success_age', value: 400, fresh: false, failure: null },
      { key: 'backup.success_ratio_30d', value: null, fresh: false, failure: { reason: 'délai dépassé' } },
    ])
    expect(detail.timeline.map(({ value }) => value)).toEqual([400])
    expect(detail.rule).toMatch(/^Conforme si/)
  })

  it('tells its history, newest first, and what people decided, by name', async () => {
    const detail = await readRequirement(ctx(), uai, 'MCO-SVG-1')
    expect(detail.history.map(({ from, to }) => [from, to])).toEqual([
      ['compliant', 'non_compliant'],
      [null, 'compliant'],
    ])
    expect(detail.declaration).toMatchObject({ author: 'Camille Essai', inForce: true, verdict: 'compliant' })
    expect(detail.decisions).toMatchObject([{ kind: 'declaration', text: 'Refait' }])
  })

  it('answers for a requirement about which nothing is stored, and 404 for one that does not exist', async () => {
    const app = createApp(depsOn(db), () => Promise.resolve(head))
    const manual = await app.request(`/v1/etablissements/${uai}/requirements/UTI-MSG-2`)
    expect(manual.status).toBe(200)
    expect(await manual.json()).toMatchObject({ status: 'unknown', evidence: [], rule: null, since: null })
    expect((await app.request(`/v1/etablissements/${uai}/requirements/UTI-MSG-99`)).status).toBe(404)
  })
})
