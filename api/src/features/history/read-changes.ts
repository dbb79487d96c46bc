import { rowsOf, type Tx } from '@vigie/db'
import type { Status, Verdict } from '@vigie/db/schema'
import { localDay, requirementById, serviceOf, timeZoneOf, type RequirementId } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { isoOf } from '../conformity/instants.ts'
import { pastScore, presentScore } from '../conformity/past-score.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { lastVisitOf } from '../overview/last-visit.ts'
import type { Changes, ChangesQuery } from './schema.ts'

const MOST = 1_000
const DAY_MS = 86_400_000

interface Step {
  requirement: string
  at: string
  from: Status | null
  to: Status
  verdict: Verdict
  reason: string
}

/**
 * What changed at an establishment since the reader's last visit, or since a date, by requirement, the newest first,
 * each step with why. Errors: `forbidden`, `not_found`.
 */
export async function readChanges(ctx: Context, uai: string, query: ChangesQuery): Promise<Changes> {
  const identity = authorise(ctx.actor, 'conformity:read')
  return ctx.db.transact(identity, async (tx) => {
    const row = await findEtablissement(tx, uai)
    const timeZone = timeZoneOf(row.academie)
    const since = query.since === undefined ? lastVisitOf(ctx) : await instantOf(tx, query.since, timeZone)
    const steps = await stepsSince(tx, uai, since)
    const told = steps.slice(0, MOST)
    const now = (await presentScore(tx, uai)).score
    const eve = localDay(new Date(Date.parse(since) - DAY_MS), timeZone)
    return {
      ...{ uai, since, lastVisit: query.since === undefined },
      // The history keeps one score a day: where nothing moved, the eve's is not the one that was seen.
      before: told.length === 0 ? now : await pastScore(tx, uai, eve),
      now,
      changes: told.length,
      truncated: steps.length > MOST,
      requirements: byRequirement(told, row.degree),
    }
  })
}

/** A day begins at midnight where the establishment is. */
async function instantOf(tx: Tx, since: string, timeZone: string): Promise<string> {
  if (since.includes('T')) return new Date(since).toISOString()
  const [row] = rowsOf<{ at: string }>(
    await tx.execute(sql`select ${isoOf(sql`(${since}::date::timestamp at time zone ${timeZone})`)} as at`),
  )
  return row?.at ?? since
}

const stepsSince = async (tx: Tx, uai: string, since: string): Promise<Step[]> =>
  rowsOf<Step>(
    await tx.execute(sql`
      select c.requirement, ${isoOf(sql`c.at`)} as at, c.from_status as "from", c.to_status as "to",
        c.verdict, c.reason
      from status_change c where c.uai = ${uai} and c.at > ${since}::timestamptz
      order by c.at desc, c.id desc limit ${MOST + 1}`),
  )

function byRequirement(steps: readonly Step[], degree: 'd1' | 'd2'): Changes['requirements'] {
  return [...Map.groupBy(steps, ({ requirement }) => requirement)].map(([id, own]) => {
    const requirement = requirementById(id)
    return {
      id,
      service: serviceOf(id as RequirementId),
      statement: requirement?.statement ?? id,
      level: requirement?.levels[degree] ?? ('F' as const),
      from: own.at(-1)?.from ?? ('unknown' as const),
      to: own[0]?.to ?? ('unknown' as const),
      steps: own.map(({ at, from, to, verdict, reason }) => ({ at, from, to, verdict, reason })),
    }
  })
}
