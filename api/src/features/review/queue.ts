import { sql, type SQL } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { conditionsOf } from '../etablissements/filters.ts'
import type { ReviewFilters, ReviewKind } from './schema.ts'

/** A declaration is to renew from this many days before its expiry until as many after it. */
export const EXPIRY_DAYS = 30
const DAY = 86_400_000

const pending = sql`approved_at is null and refused_at is null and withdrawn_at is null`

const CONTRADICTIONS = sql`
  select 'contradiction' as kind, s.uai || '.' || s.requirement as "case", s.uai, s.requirement, s.since as since
  from requirement_status s where s.status = 'contradiction'
  union all
  select 'contradiction', s.uai || '.' || s.requirement, s.uai, s.requirement, s.since
  from requirement_status s where s.reopened and s.status <> 'contradiction'`

const DEROGATIONS = sql`
  select 'derogation' as kind, g.id::text as "case", g.uai, g.requirement, g.requested_at as since
  from derogation g where ${pending}`

const DISPUTES = sql`
  select 'dispute' as kind, p.id::text as "case", p.uai, p.requirement, p.opened_at as since
  from dispute p where p.decided_at is null`

const expiring = (now: Date): SQL => {
  const at = (days: number) => new Date(now.getTime() + days * DAY).toISOString()
  return sql`
    select 'expiring' as kind, d.id::text as "case", d.uai, d.requirement, d.expires_at as since
    from declaration d
    where d.withdrawn_at is null and d.expires_at > ${at(-EXPIRY_DAYS)}::timestamptz
      and d.expires_at <= ${at(EXPIRY_DAYS)}::timestamptz
      and not exists (select 1 from declaration n where n.uai = d.uai and n.requirement = d.requirement
        and n.withdrawn_at is null and n.declared_at > d.declared_at)`
}

/**
 * In: now, the filters, one kind or all. Out: the cases that wait for the RSSI, as a query over
 * (kind, case, uai, requirement, since), to put between parentheses.
 */
export function waitingCases(
  { clock }: Pick<Context, 'clock'>,
  { departement, service, q }: ReviewFilters,
  kind?: ReviewKind,
): SQL {
  const now = clock.now()
  const sources: Record<ReviewKind, SQL> = {
    contradiction: CONTRADICTIONS,
    expiring: expiring(now),
    derogation: DEROGATIONS,
    dispute: DISPUTES,
  }
  const wanted = kind ? [sources[kind]] : Object.values(sources)
  const { all } = conditionsOf(
    { ...(q ? { q } : {}), ...(departement ? { departement: [departement] } : {}) },
    now,
  )
  // The establishments are found once and looked up in a hash: a join would trust the planner's guess of how many a
  // search finds, which is one, and read every case again for each of them.
  return sql`
    with place as materialized (select e.uai from etablissement e where ${all})
    select c.kind, c."case", c.uai, c.requirement, c.since
    from (${sql.join(wanted, sql` union all `)}) c
    where (c.uai in (select place.uai from place)) is true
      ${service ? sql`and c.requirement like ${`${service}-%`}` : sql``}`
}

/** Oldest first; the rest makes the order whole. */
export const ORDER = sql`w.since, w.uai, w.requirement, w.kind, w."case"`
