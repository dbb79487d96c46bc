import { recordset, type Tx } from '@vigie/db'
import type { ScorePoints } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Judgement } from './judge.ts'

const POINTS = [
  'e_points',
  'e_applicable',
  'r_points',
  'r_applicable',
  'f_points',
  'f_applicable',
  'fresh',
  'applicable',
  'contradictions',
  'derogations',
  'unknown',
  'non_compliant',
] as const
type PointColumns = Record<(typeof POINTS)[number], number>

const STATUS_COLUMNS = [
  'service text',
  'verdict text',
  'unknown_reason text',
  'reason text',
  'figures jsonb',
  'status text',
  'counted text',
  'basis text',
  'reopened boolean',
  'derogated_until timestamptz',
  'stale_at timestamptz',
  'since timestamptz',
  'rule_version integer',
] as const

const CHANGE_COLUMNS = [
  '"from" text',
  '"to" text',
  'verdict text',
  'reason text',
  'figures jsonb',
  'counted text',
  'basis text',
  'rule_version integer',
] as const

const names = (columns: readonly string[]): string => columns.map((column) => column.split(' ')[0]).join(', ')
const assigned = (columns: readonly string[]): string =>
  columns.map((column) => `${column.split(' ')[0]} = excluded.${column.split(' ')[0]}`).join(', ')
const prefixed = (prefix: string, columns: readonly string[]): string =>
  columns.map((column) => `${prefix}.${column.split(' ')[0]}`).join(', ')
const POINT_TYPES = POINTS.map((column) => `${column} integer`)
const SCORE_TYPES = [...POINT_TYPES, 'exige_rate float8', 'carine_index float8']

const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString()

const columnsOf = (points: ScorePoints): PointColumns => ({
  e_points: points.e.points,
  e_applicable: points.e.applicable,
  r_points: points.r.points,
  r_applicable: points.r.applicable,
  f_points: points.f.points,
  f_applicable: points.f.applicable,
  fresh: points.fresh,
  applicable: points.applicable,
  contradictions: points.contradictions,
  derogations: points.derogations,
  unknown: points.unknown,
  non_compliant: points.nonCompliant,
})

const serviceOfId = (requirement: string): string => requirement.slice(0, requirement.lastIndexOf('-'))

/** Writes what changed for each establishment, in a fixed number of statements. `at` is the instant of evaluation. */
export async function writeJudgements(tx: Tx, judgements: readonly Judgement[], at: Date): Promise<void> {
  const instant = at.toISOString()
  await upsertStatuses(tx, judgements, instant)
  await removeStatuses(tx, judgements)
  await appendChanges(tx, judgements, instant)
  await writeRollups(tx, judgements)
  await writeScores(tx, judgements, instant)
  await plan(tx, judgements)
}

async function upsertStatuses(tx: Tx, judgements: readonly Judgement[], at: string): Promise<void> {
  const rows = judgements.flatMap(({ uai, upserts }) =>
    upserts.map((row) => ({
      uai,
      requirement: row.requirement,
      service: serviceOfId(row.requirement),
      verdict: row.verdict,
      unknown_reason: row.unknownReason,
      reason: row.reason,
      figures: row.figures,
      status: row.status,
      counted: row.counted,
      basis: row.basis,
      reopened: row.reopened,
      derogated_until: iso(row.derogatedUntil),
      stale_at: iso(row.staleAt),
      since: iso(row.since),
      rule_version: row.ruleVersion,
    })),
  )
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into requirement_status (uai, requirement, ${sql.raw(names(STATUS_COLUMNS))}, evaluated_at)
    select r.uai, r.requirement, ${sql.raw(prefixed('r', STATUS_COLUMNS))}, ${at}::timestamptz
    from ${recordset(rows, `r(uai text, requirement text, ${STATUS_COLUMNS.join(', ')})`)}
    on conflict (uai, requirement) do update set
      ${sql.raw(assigned(STATUS_COLUMNS))}, evaluated_at = excluded.evaluated_at`)
}

async function removeStatuses(tx: Tx, judgements: readonly Judgement[]): Promise<void> {
  const rows = judgements.flatMap(({ uai, removals }) =>
    removals.map((requirement) => ({ uai, requirement })),
  )
  if (rows.length === 0) return
  await tx.execute(sql`
    delete from requirement_status s using ${recordset(rows, 'r(uai text, requirement text)')}
    where s.uai = r.uai and s.requirement = r.requirement`)
}

async function appendChanges(tx: Tx, judgements: readonly Judgement[], at: string): Promise<void> {
  const rows = judgements.flatMap(({ uai, changes }) => changes.map((change) => ({ uai, ...change })))
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into status_change (
      uai, requirement, at, from_status, to_status, verdict, reason, figures, counted, basis, rule_version)
    select r.uai, r.requirement, ${at}::timestamptz, r."from", r."to", r.verdict, r.reason, r.figures,
      r.counted, r.basis, r.rule_version
    from ${recordset(rows, `r(uai text, requirement text, ${CHANGE_COLUMNS.join(', ')})`)}`)
}

async function writeRollups(tx: Tx, judgements: readonly Judgement[]): Promise<void> {
  const rows = judgements.flatMap(({ uai, byService }) =>
    [...byService].map(([service, points]) => ({ uai, service, ...columnsOf(points) })),
  )
  await tx.execute(sql`
    insert into service_rollup as held (uai, service, ${sql.raw(names(POINTS))})
    select r.uai, r.service, ${sql.raw(prefixed('r', POINTS))}
    from ${recordset(rows, `r(uai text, service text, ${POINT_TYPES.join(', ')})`)}
    on conflict (uai, service) do update set ${sql.raw(assigned(POINTS))}
    where (${sql.raw(prefixed('held', POINTS))}) is distinct from (${sql.raw(prefixed('excluded', POINTS))})`)
}

/** The history keeps one row a day of the establishment, and only for a day on which the score moved. */
async function writeScores(tx: Tx, judgements: readonly Judgement[], at: string): Promise<void> {
  const rows = recordset(
    judgements.map(({ uai, timeZone, points, score }) => ({
      uai,
      time_zone: timeZone,
      ...columnsOf(points),
      exige_rate: score.exige?.rate ?? null,
      carine_index: score.index,
    })),
    `r(uai text, time_zone text, ${SCORE_TYPES.join(', ')})`,
  )
  const columns = sql.raw(names(SCORE_TYPES))
  await tx.execute(sql`
    insert into score_history (uai, day, ${columns})
    select r.uai, (${at}::timestamptz at time zone r.time_zone)::date, ${sql.raw(prefixed('r', SCORE_TYPES))}
    from ${rows} left join etablissement_score held on held.uai = r.uai
    where held.uai is null
      or (${sql.raw(prefixed('held', POINTS))}) is distinct from (${sql.raw(prefixed('r', POINTS))})
    on conflict (uai, day) do update set ${sql.raw(assigned(SCORE_TYPES))}`)
  await tx.execute(sql`
    insert into etablissement_score (uai, ${columns}, evaluated_at)
    select r.uai, ${sql.raw(prefixed('r', SCORE_TYPES))}, ${at}::timestamptz from ${rows}
    on conflict (uai) do update set ${sql.raw(assigned(SCORE_TYPES))}, evaluated_at = excluded.evaluated_at`)
}

async function plan(tx: Tx, judgements: readonly Judgement[]): Promise<void> {
  const rows = recordset(
    judgements.map(({ uai, dueAt }) => ({ uai, due_at: iso(dueAt) })),
    'r(uai text, due_at timestamptz)',
  )
  await tx.execute(sql`
    update evaluation_due d set due_at = r.due_at from ${rows} where d.uai = r.uai and r.due_at is not null`)
  await tx.execute(sql`delete from evaluation_due d using ${rows} where d.uai = r.uai and r.due_at is null`)
}
