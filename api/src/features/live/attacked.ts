import { rowsOf } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import type { Deps } from '../../context.ts'
import { isoOf } from '../conformity/instants.ts'
import { departementName } from '../etablissements/labels.ts'
import { LOCK_AFTER, SOURCE_WINDOW_MINUTES } from '../otp/outcome.ts'
import type { Surroundings } from './schema.ts'
import type { Scope } from './scope.ts'

type Attacked = Pick<Surroundings, 'sources' | 'departements' | 'holders'>

const SOURCES = 8
const HOLDERS = 12

const oneOf = (codes: readonly string[]): SQL =>
  codes.length === 0
    ? sql`('')`
    : sql`(${sql.join(
        codes.map((code) => sql`${code}`),
        sql`, `,
      )})`

/**
 * Where failures come from and whom they strike. The path's own tables are read as the worker, within the académies of
 * the scope; names are read for those whose journal is open.
 */
export function readAttacked(deps: Deps, scope: Scope): Promise<Attacked> {
  const now = deps.clock.now()
  const at = sql`${now.toISOString()}::timestamptz`
  const since = sql`${new Date(now.getTime() - SOURCE_WINDOW_MINUTES * 60_000).toISOString()}::timestamptz`
  const state = sql`case when c.fail_count >= ${LOCK_AFTER} then 'locked' when c.paused_until > ${at} then 'paused' else 'failing' end`
  const failing = sql`otp_credential c join otp_holder h on h.id = c.holder_id
    where c.fail_count > 0 and c.last_attempt_at >= ${since}`
  return deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
    const sources = await tx.execute(sql`
      select left(source, 6) as mark, relay, failures, ${isoOf(sql`window_started_at`)} as since,
        ${isoOf(sql`blocked_until`)} as "blockedUntil"
      from otp_source
      where academie in ${oneOf(scope.academies)} and (window_started_at >= ${since} or blocked_until > ${at})
      order by failures desc, source limit ${SOURCES}`)
    const departements = await tx.execute(sql`
      select departement as code, count(*)::int as failing, count(*) filter (where state = 'paused')::int as paused,
        count(*) filter (where state = 'locked')::int as locked
      from (select h.departement, ${state} as state from ${failing} and c.academie in ${oneOf(scope.academies)}) holder
      group by 1 order by 2 desc, 1`)
    const holders =
      scope.named.length === 0
        ? null
        : await tx.execute(sql`
            select h.id, h.display_name as name, h.departement, c.fail_count as failures,
              ${isoOf(sql`c.last_attempt_at`)} as "lastAttemptAt", ${state} as state
            from ${failing} and c.academie in ${oneOf(scope.named)}
            order by c.fail_count desc, c.last_attempt_at desc limit ${HOLDERS}`)
    type Departement = Surroundings['departements'][number]
    return {
      sources: rowsOf<Surroundings['sources'][number]>(sources).map((source) => ({
        ...source,
        blockedUntil: later(source.blockedUntil, now),
      })),
      departements: rowsOf<Omit<Departement, 'name'>>(departements).map((row) => ({
        ...row,
        name: row.code === null ? 'Services de l’académie' : departementName(row.code),
      })),
      holders: holders === null ? null : rowsOf<NonNullable<Surroundings['holders']>[number]>(holders),
    }
  })
}

const later = (instant: string | null, now: Date): string | null =>
  instant !== null && Date.parse(instant) > now.getTime() ? instant : null
