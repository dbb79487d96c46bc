import type { Actor } from '@vigie/api/access'
import { schema, type Database } from '@vigie/db'
import type { Role, Status, Verdict } from '@vigie/db/schema'
import { localDay, scoreOf, type Score } from '@vigie/rules'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arbitrate } from '../arbitrations/arbitrate.ts'
import { pointsOf, type PointsRow } from '../conformity/points.ts'
import { declareMany } from '../declarations/declare-many.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { prepareEvidence, recordEvidence } from '../evidence/record-evidence.ts'
import { readChanges } from './read-changes.ts'
import { readHistory } from './read-history.ts'
import { readTrend, yearsOf } from './read-trend.ts'

const WORKER = { role: 'vigie_worker' } as const
const HOUR = 3_600_000
const random = aRandom(23)
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

async function aPlace(academie: string, start: string) {
  const uai = await anEtablissement().college().inAcademie(academie).insert(db)
  const clock = aClock(start)
  const deps = depsOn(db, { clock, random })
  const as = (role: Role, lastVisitAt: Date | null = null) => {
    const perimeter =
      role === 'rssi'
        ? { kind: 'academie' as const, code: academie }
        : { kind: 'etablissement' as const, code: uai }
    const actor: Actor = {
      ...{ kind: 'account', id: random.uuid(), login: role, displayName: role },
      ...{ grants: [{ role, perimeter }], lastVisitAt },
    }
    return contextOf(deps, actor)
  }
  const system = contextOf(deps)
  const observe = async (hours: number) => {
    const observations = [
      { key: 'backup.last_success_age' as const, value: hours, observedAt: clock.now() },
      { key: 'backup.success_ratio_30d' as const, value: 0.7, observedAt: clock.now() },
    ]
    await prepareEvidence(system, observations)
    await db.transact(WORKER, (tx) =>
      recordEvidence(tx, system, uai, observations, { source: 's', collector: 'c' }),
    )
  }
  const evaluate = () => evaluateEtablissements(system, [uai])
  return { uai, clock, as, system, observe, evaluate }
}
type Place = Awaited<ReturnType<typeof aPlace>>

/** What stands now, read straight from the tables that evaluation writes. */
async function stored({ uai }: Place) {
  const rows = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
  )
  const [score] = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.etablissementScore).where(eq(schema.etablissementScore.uai, uai)),
  )
  return {
    statuses: new Map(
      rows.map(({ requirement, status, verdict, counted }) => [requirement, { status, verdict, counted }]),
    ),
    score: score ? scoreOf(pointsOf(snake(score) as PointsRow)) : null,
  }
}
const snake = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value as unknown,
    ]),
  )

type Act =
  | { readonly do: 'observe'; readonly hours: number }
  | { readonly do: 'declare'; readonly verdict: 'compliant' | 'partial' | 'non_compliant' | 'not_applicable' }
  | { readonly do: 'arbitrate'; readonly verdict: 'compliant' | 'partial' }
  | { readonly do: 'wait' }
const verdicts = fc.constantFrom('compliant', 'partial', 'non_compliant', 'not_applicable')
const acts: fc.Arbitrary<{ readonly after: number; readonly act: Act }[]> = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 60 }),
    act: fc.oneof(
      fc.record({ do: fc.constant('observe'), hours: fc.constantFrom(5, 30, 200, 900) }),
      fc.record({ do: fc.constant('declare'), verdict: verdicts }),
      fc.record({ do: fc.constant('arbitrate'), verdict: fc.constantFrom('compliant', 'partial') }),
      fc.constant({ do: 'wait' } as const),
    ) as fc.Arbitrary<Act>,
  }),
  { minLength: 3, maxLength: 9 },
)

const REQUIREMENT = 'MCO-SVG-1'

async function perform(place: Place, act: Act): Promise<void> {
  const target = { uai: place.uai, requirement: REQUIREMENT } as const
  if (act.do === 'observe') await place.observe(act.hours)
  if (act.do === 'declare')
    await declareMany(place.as('chef_etablissement'), target, [
      { requirement: REQUIREMENT, verdict: act.verdict, comment: 'Vu sur place' },
      { requirement: 'INF-DIF-2', verdict: act.verdict, comment: 'Vu sur place' },
    ])
  if (act.do === 'arbitrate')
    await arbitrate(place.as('rssi'), target, {
      verdict: act.verdict,
      reason: 'Constaté sur place par l’officier',
      expiresAt: new Date(place.clock.now().getTime() + 50 * HOUR).toISOString(),
    }).catch(() => {})
  await place.evaluate()
}

describe('the past of an establishment', () => {
  it('is on each day what stood when that day ended there', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.constantFrom('98', '28', '41'), async (steps, academie) => {
        const zone = { '98': 'Europe/Paris', '28': 'Indian/Reunion', '41': 'Pacific/Tahiti' }[academie]!
        const place = await aPlace(academie, '2026-10-22T19:30:00Z')
        const snapshots: { day: string; held: Awaited<ReturnType<typeof stored>> }[] = []
        for (const { after, act } of steps) {
          place.clock.advance(after * HOUR)
          await perform(place, act)
          snapshots.push({ day: localDay(place.clock.now(), zone), held: await stored(place) })
        }
        place.clock.advance(30 * HOUR)
        const reader = place.as('chef_etablissement')
        const last = localDay(place.clock.now(), zone)
        for (let at = Date.parse('2026-10-22'); ; at += 24 * HOUR) {
          const day = new Date(at).toISOString().slice(0, 10)
          if (day > last) break
          const expected = snapshots.findLast((snapshot) => snapshot.day <= day)?.held
          const told = await readHistory(reader, place.uai, { at: day })
          expect(told.evaluated, day).toBe(expected !== undefined)
          expect(told.score, day).toEqual(expected?.score ?? null)
          for (const { id, status, verdict, counted } of told.requirements) {
            const held = expected?.statuses.get(id) ?? NOTHING
            expect({ id, day, status, verdict, counted }).toEqual({ id, day, ...held })
          }
        }
      }),
      { numRuns: 15 },
    )
  })

  it('is « pas encore évalué » before the first evaluation, and never to come', async () => {
    const place = await aPlace('98', '2026-11-10T09:00:00Z')
    await place.observe(5)
    await place.evaluate()
    place.clock.set('2026-11-12T09:00:00Z')
    const reader = place.as('chef_etablissement')
    expect(await readHistory(reader, place.uai, { at: '2026-11-09' })).toMatchObject({
      ...{ evaluated: false, score: null, firstDay: '2026-11-10' },
    })
    expect((await readHistory(reader, place.uai, { at: '2026-11-10' })).evaluated).toBe(true)
    await expect(readHistory(reader, place.uai, { at: '2026-11-13' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await expect(readHistory(reader, '0990000Z', {})).rejects.toMatchObject({ code: 'not_found' })
  })

  it('tells what changed since the last visit, by requirement with why, and the score before', async () => {
    const place = await aPlace('98', '2026-11-10T09:00:00Z')
    await place.observe(5)
    await place.evaluate()
    const visited = new Date('2026-11-11T08:00:00Z')
    place.clock.set('2026-11-12T09:00:00Z')
    await place.observe(900)
    await place.evaluate()
    place.clock.set('2026-11-13T09:00:00Z')
    await perform(place, { do: 'declare', verdict: 'compliant' })
    const told = await readChanges(place.as('chef_etablissement', visited), place.uai, {})
    expect(told).toMatchObject({ lastVisit: true, since: visited.toISOString(), truncated: false })
    const backup = told.requirements.find(({ id }) => id === REQUIREMENT)
    expect(backup).toMatchObject({ to: 'contradiction' })
    expect(backup?.steps.map(({ to }) => to)).toEqual(['contradiction', 'non_compliant'])
    expect(backup?.steps[0]?.reason).toContain('Déclaré conforme')
    expect(told.before).not.toBeNull()
    expect(
      (await readChanges(place.as('rssi'), place.uai, { since: '2026-11-13' })).requirements,
    ).toHaveLength(2)
  })

  it('is one curve per school year, each beginning where the other ended', async () => {
    const place = await aPlace('98', '2026-08-20T09:00:00Z')
    await place.observe(5)
    await place.evaluate()
    place.clock.set('2026-09-02T09:00:00Z')
    await place.observe(900)
    await place.evaluate()
    const { years } = await readTrend(place.as('chef_etablissement'), place.uai)
    expect(years.map(({ label }) => label)).toEqual(['2026-2027', '2025-2026'])
    expect(years[1]?.from).toBeNull()
    expect(years[0]?.from).toEqual(years[1]?.to)
    expect(years[0]?.points.map(({ day }) => day)).toEqual(['2026-09-02'])
  })
})

const NOTHING: { status: Status; verdict: Verdict; counted: Verdict } = {
  status: 'unknown',
  verdict: 'unknown',
  counted: 'unknown',
}

describe('yearsOf', () => {
  const score = (numerator: number): Score => ({
    exige: { numerator, denominator: 10, rate: numerator / 10 },
    ...{ recommande: null, coverage: null, index: null },
  })

  it('carries the score through a year in which nothing moved, up to the present one', () => {
    const years = yearsOf(
      [
        { day: '2024-08-31', score: score(1) },
        { day: '2024-09-01', score: score(2) },
      ],
      2026,
    )
    expect(years.map(({ label, points }) => [label, points.length])).toEqual([
      ['2026-2027', 0],
      ['2025-2026', 0],
      ['2024-2025', 1],
      ['2023-2024', 1],
    ])
    expect(years[0]?.to).toEqual(score(2))
    expect(yearsOf([], 2026)).toEqual([])
  })
})
