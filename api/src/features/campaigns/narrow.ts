import { sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../access/actor.ts'
import { everyWord } from '../keys/search.ts'
import type { Narrowing } from './schema.ts'

const SEARCHED = sql`c.uai || ' ' || e.name || ' ' || e.commune`

const STATES: Readonly<Record<NonNullable<Narrowing['state']>, string>> = {
  untouched: 'c.answered = 0 and c.visited_at is null',
  under_way: '(c.answered > 0 or c.visited_at is not null) and c.observed + c.answered < c.total',
  complete: 'c.observed + c.answered >= c.total',
  unassigned: 'c.officer is null',
  unplanned: 'c.visit_on is null and c.visited_at is null',
  to_visit: 'c.visit_on is not null and c.visited_at is null',
  late: 'false',
  visited: 'c.visited_at is not null',
}

/**
 * In: what narrows the rows of a campaign, and today. Out: the condition over `campaign_etablissement` named `c` and
 * `etablissement` named `e`.
 */
export function narrowed(campaignId: string, query: Narrowing, actor: Actor, today: string): SQL {
  const own = actor.kind === 'account' ? sql`c.officer = ${actor.id}::uuid` : sql`false`
  const conditions = [
    sql`c.campaign_id = ${campaignId}::uuid`,
    ...(query.departement ? [sql`e.departement = ${query.departement}`] : []),
    ...(query.officer === undefined
      ? []
      : [
          query.officer === 'none'
            ? sql`c.officer is null`
            : query.officer === 'me'
              ? own
              : sql`c.officer = ${query.officer}::uuid`,
        ]),
    ...(query.state === undefined
      ? []
      : [
          query.state === 'late'
            ? sql`c.visit_on < ${today}::date and c.visited_at is null`
            : sql.raw(STATES[query.state]),
        ]),
    ...everyWord(query.q, SEARCHED),
  ]
  return sql.join(conditions, sql` and `)
}
