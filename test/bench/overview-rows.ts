import { schema, type Database } from '@vigie/db'
import { CHECKS, REQUIREMENTS } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { aStatus, pointsFrom, storedPoints, storedScore } from '../support/statuses.ts'
import { uaiOf } from '../support/uai.ts'

type Status = (typeof schema.requirementStatus.$inferInsert)['status']

const AT = new Date('2026-11-16T06:00:00Z')
const STORED = 40
const TYPES = [
  'ecole_maternelle',
  'ecole_elementaire',
  'ecole_primaire',
  'college',
  'lycee_polyvalent',
] as const

/** Deterministic spread, so that two runs measure the same work. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const statusOf = (fate: number): Status =>
  fate < 0.6
    ? 'compliant'
    : fate < 0.72
      ? 'partial'
      : fate < 0.87
        ? 'non_compliant'
        : fate < 0.97
          ? 'unknown'
          : fate < 0.98
            ? 'contradiction'
            : 'not_applicable'

function etablissementRow(number: number, next: () => number) {
  const type = TYPES[number % TYPES.length] ?? 'ecole_primaire'
  const d2 = type === 'college' || type === 'lycee_polyvalent'
  const departement = `99${1 + (number % 4)}`
  const commune = 1 + (number % 700)
  return {
    uai: uaiOf(number),
    name: `${d2 ? 'Collège' : 'École'} des Essais ${number}`,
    type,
    degree: d2 ? ('d2' as const) : ('d1' as const),
    sector: 'public' as const,
    communeCode: `99${String(commune).padStart(3, '0')}`,
    commune: `Villeneuve-les-Essais ${commune}`,
    departement,
    academie: '98',
    region: '98',
    circonscription: d2 ? null : `0990${number % 60}`,
    collectivite: d2 ? `departement:${departement}` : `commune:99${String(commune).padStart(3, '0')}`,
    pupils: Math.round(60 + 500 * next()),
    latitude: 43 + (number % 4) + next(),
    longitude: 1 + next() * 1.4,
    state: 'ouvert' as const,
    createdAt: AT,
    updatedAt: AT,
  }
}

const statusesOf = (uai: string, next: () => number) =>
  CHECKS.slice(0, STORED).map(({ requirement }) => {
    const status = statusOf(next())
    const since = new Date(AT.getTime() - next() * 60 * 86_400_000)
    return status === 'unknown' && next() < 0.3
      ? aStatus(uai, requirement, status, { since, unknownReason: 'stale' })
      : aStatus(uai, requirement, status, { since })
  })

type Rows<T extends { $inferInsert: object }> = T['$inferInsert'][]

async function fillBatch(db: Database, numbers: readonly number[]): Promise<void> {
  const etablissements: Rows<typeof schema.etablissement> = []
  const statuses: Rows<typeof schema.requirementStatus> = []
  const rollups: Rows<typeof schema.serviceRollup> = []
  const scores: Rows<typeof schema.etablissementScore> = []
  const history: Rows<typeof schema.scoreHistory> = []
  const changes: Rows<typeof schema.statusChange> = []
  const activity: Rows<typeof schema.collectorActivity> = []
  for (const number of numbers) {
    const next = sequence(number + 1)
    const row = etablissementRow(number, next)
    const { uai } = row
    const own = statusesOf(uai, next)
    const { byService, total } = pointsFrom(row.degree, own)
    etablissements.push(row)
    statuses.push(...own)
    for (const [service, part] of byService) rollups.push({ uai, service, ...storedPoints(part) })
    scores.push({ uai, ...storedScore(total), evaluatedAt: AT })
    for (const day of ['2026-06-30', '2026-08-31', '2026-09-15', '2026-10-15', '2026-11-15'])
      history.push({ uai, ...storedScore(total), day })
    for (const stored of own.slice(0, 8))
      changes.push({
        uai,
        requirement: stored.requirement,
        at: stored.since,
        fromStatus: 'unknown' as const,
        toStatus: stored.status,
        verdict: stored.verdict,
        reason: stored.reason,
        figures: stored.figures,
      })
    const silent = next() < 0.05
    const success = new Date(AT.getTime() - (silent ? 20 : 0.2) * 86_400_000)
    activity.push({ uai, collector: 'prometheus', lastSuccessAt: success })
  }
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx.insert(schema.etablissement).values(etablissements)
    for (let from = 0; from < statuses.length; from += 2_000)
      await tx.insert(schema.requirementStatus).values(statuses.slice(from, from + 2_000))
    await tx.insert(schema.serviceRollup).values(rollups)
    await tx.insert(schema.etablissementScore).values(scores)
    await tx.insert(schema.scoreHistory).values(history)
    await tx.insert(schema.statusChange).values(changes)
    await tx.insert(schema.collectorActivity).values(activity)
  })
}

/** Writes what evaluation leaves behind it for `count` fictional establishments of one académie. */
export async function fillConformity(db: Database, count: number): Promise<void> {
  const BATCH = 100
  for (let from = 0; from < count; from += BATCH)
    await fillBatch(
      db,
      Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => from + i),
    )
  await db.query('vacuum analyze')
}

/** Every requirement that has none yet gets a status, as after a year of use. */
export async function fillEveryStatus(db: Database): Promise<void> {
  const ids = sql.param(REQUIREMENTS.map(({ id }) => id))
  await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.execute(sql`
      insert into requirement_status (uai, requirement, service, verdict, reason, figures, status, counted, basis, since, evaluated_at)
      select e.uai, r.id, left(r.id, 7), 'unknown', 'Motif de l’essai.', '[]', 'compliant', 'compliant',
        'declared', s.since, s.since
      from etablissement e
      cross join unnest(${ids}::text[]) as r (id)
      cross join (select '2026-11-10T08:00:00Z'::timestamptz as since) s
      on conflict do nothing`),
  )
  await db.query('vacuum analyze')
}
