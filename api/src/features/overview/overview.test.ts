import { createApp } from '@vigie/api'
import type { Actor, Grant } from '@vigie/api/access'
import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aStatus, keepStatuses } from '@vigie/test/support/statuses.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOverview } from './read-overview.ts'
import { overviewQuery } from './schema.ts'

const actor = (grants: Grant[], lastVisitAt: Date | null = null): Actor => ({
  kind: 'account',
  id: '00000000-0000-4000-8000-00000000000b',
  login: 'lecteur',
  displayName: 'Lecteur',
  grants,
  lastVisitAt,
})
const academie = { kind: 'academie', code: '98' } as const
const rssi = actor([{ role: 'rssi', perimeter: academie }])
const comite = actor([{ role: 'comite', perimeter: academie }])

let db: Database
const at = (longitude: number, latitude: number) => anEtablissement().with({ longitude, latitude })
const [a, b, c] = [at(1, 43), at(2, 43), at(1, 44)]
const college = anEtablissement().inDepartement('992').college()
const closed = anEtablissement().with({ state: 'ferme' })
const abroad = anEtablissement().inAcademie('97')

const read = (query: Record<string, string> = {}, who: Actor = rssi) =>
  readOverview(contextOf(depsOn(db), who), overviewQuery.parse(query))

beforeAll(async () => {
  db = await aDatabase()
  for (const each of [a, b, c, college, closed, abroad]) await each.insert(db)
  for (const each of [a, closed, abroad])
    await keepStatuses(db, { uai: each.uai, degree: 'd1' }, [
      aStatus(each.uai, 'MCO-SVG-1', 'non_compliant'),
      aStatus(each.uai, 'MCO-SVG-2', 'contradiction'),
      aStatus(each.uai, 'INF-PDT-8', 'unknown', { unknownReason: 'stale' }),
    ])
  await keepStatuses(db, { uai: b.uai, degree: 'd1' }, [
    aStatus(b.uai, 'MCO-SVG-1', 'compliant'),
    aStatus(b.uai, 'MCO-SVG-5', 'not_applicable'),
  ])
  await keepStatuses(db, { uai: college.uai, degree: 'd2' }, [
    aStatus(college.uai, 'MCO-SVG-1', 'non_compliant'),
  ])
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    const change = {
      verdict: 'compliant' as const,
      reason: 'Motif',
      figures: [],
      fromStatus: 'unknown' as const,
    }
    await tx.insert(schema.statusChange).values([
      { ...change, uai: a.uai, requirement: 'MCO-SVG-3', at: new Date('2026-11-15'), toStatus: 'compliant' },
      {
        ...change,
        uai: a.uai,
        requirement: 'MCO-SVG-1',
        at: new Date('2026-11-10'),
        toStatus: 'non_compliant',
      },
      { ...change, uai: a.uai, requirement: 'MCO-SVG-1', at: new Date('2026-09-02'), toStatus: 'partial' },
      {
        ...change,
        uai: abroad.uai,
        requirement: 'MCO-SVG-1',
        at: new Date('2026-11-10'),
        toStatus: 'partial',
      },
    ])
    await tx.insert(schema.collectorActivity).values([
      { uai: a.uai, collector: 'prometheus', lastSuccessAt: new Date('2026-11-01') },
      { uai: b.uai, collector: 'prometheus', lastSuccessAt: new Date('2026-11-15') },
      {
        ...{ uai: c.uai, collector: 'prometheus', lastError: 'délai dépassé' },
        lastSuccessAt: new Date('2026-11-14'),
        lastFailureAt: new Date('2026-11-15'),
      },
    ])
  })
})
afterAll(() => db.close())

describe('the overview', () => {
  it('sums stored points over the open establishments of the perimeter', async () => {
    const overview = await read()
    expect(overview.scope.label).toBe('Académie de Valmont')
    expect({ all: overview.etablissements, evaluated: overview.evaluated }).toEqual({ all: 4, evaluated: 3 })
    expect(overview.score.exige).toMatchObject({ numerator: 1, denominator: 90 + 90 + 94 })
    expect(overview.byService).toHaveLength(15)
    expect(overview.byService.find(({ service }) => service === 'MCO-SVG')).toMatchObject({
      status: 'contradiction',
      contradictions: 1,
      nonCompliant: 3,
    })
    expect(overview.evaluatedAt).toBe('2026-11-16T06:00:00.000Z')
  })

  it('ranks gaps, required and most failed first, counting what has no row as unknown', async () => {
    const { worstGaps } = await read()
    expect(worstGaps).toHaveLength(10)
    expect(worstGaps[0]).toMatchObject({
      requirement: 'MCO-SVG-1',
      level: 'E',
      nonCompliant: 2,
      unknown: 1,
      applicable: 4,
      share: { numerator: 3, denominator: 4 },
    })
    const { worstGaps: own } = await read({ requirement: 'MCO-SVG-5' })
    expect(own).toMatchObject([{ nonCompliant: 0, unknown: 3, applicable: 3, levels: { E: 0, R: 3 } }])
  })

  it('outlines the départements that have at least three places', async () => {
    const { departements } = await read()
    expect(departements.map(({ code, name, etablissements }) => [code, name, etablissements])).toEqual([
      ['991', 'Haute-Brume', 3],
      ['992', 'Val-de-Serre', 1],
    ])
    expect(departements[0]?.outline).toHaveLength(3)
    expect(departements[1]?.outline).toBeNull()
  })

  it('lists silent collectors, disputes and recent changes, the worst first', async () => {
    const { silentCollectors, contradictions, changes, stale } = await read()
    expect(silentCollectors.rows.map(({ uai }) => uai)).toEqual([a.uai, c.uai])
    expect(contradictions).toMatchObject({ total: 1, rows: [{ uai: a.uai, requirement: 'MCO-SVG-2' }] })
    expect(changes.total).toBe(2)
    expect(changes.rows.map(({ to }) => to)).toEqual(['non_compliant', 'compliant'])
    expect(stale).toEqual({ etablissements: 1, requirements: 1 })
  })

  it('starts the changes at the last visit, or when the caller says', async () => {
    const visited = actor([{ role: 'rssi', perimeter: academie }], new Date('2026-11-12'))
    expect((await read({}, visited)).changes).toMatchObject({ total: 1, since: '2026-11-12T00:00:00.000Z' })
    expect((await read({ since: '2026-09-01T00:00:00Z' })).changes.total).toBe(3)
  })

  it('follows the filters of the list', async () => {
    expect((await read({ departement: '992' })).etablissements).toBe(1)
    expect((await read({ status: 'non_compliant', service: 'MCO-SVG' })).etablissements).toBe(2)
    expect((await read({ freshness: 'silent' })).etablissements).toBe(2)
    const byService = (await read({ degree: 'd2' })).byService
    expect(byService.find(({ service }) => service === 'MCO-SVG')?.score.exige?.denominator).toBe(9)
  })

  it('names no establishment to a committee, and keeps the aggregates', async () => {
    const overview = await read({}, comite)
    expect(overview.named).toBe(false)
    expect(overview.etablissements).toBe(4)
    expect(overview.worstGaps).not.toEqual([])
    for (const { rows } of [overview.silentCollectors, overview.contradictions, overview.changes])
      expect(rows).toEqual([])
    await expect(read({ q: 'essais' }, comite)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('names only what a member of a committee may read in another role', async () => {
    const both = actor([
      { role: 'comite', perimeter: academie },
      { role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: c.uai } },
    ])
    const overview = await read({}, both)
    expect(overview.etablissements).toBe(4)
    expect(overview.silentCollectors.rows.map(({ uai }) => uai)).toEqual([c.uai])
    expect(overview.changes.rows).toEqual([])
  })

  it('gives no figure where nothing was evaluated', async () => {
    const nobody = actor([{ role: 'rssi', perimeter: { kind: 'academie', code: '96' } }])
    const overview = await read({}, nobody)
    expect(overview).toMatchObject({
      etablissements: 0,
      score: { exige: null, index: null },
      evaluatedAt: null,
    })
    expect(overview.worstGaps).toEqual([])
  })

  it('asks who calls', async () => {
    const app = createApp(depsOn(db), () => Promise.resolve<Actor>({ kind: 'anonymous' }))
    expect((await app.request('/v1/overview')).status).toBe(401)
  })
})
