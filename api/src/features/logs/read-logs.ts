import { rowsOf, schema, type Tx } from '@vigie/db'
import { timeZoneOf } from '@vigie/rules'
import { asc, eq, sql } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { weekOf, weekSums } from './log-figures.ts'
import { rangesOf } from './read-retention-range.ts'
import { DEFAULT_RANGE } from './retention.ts'
import type { EtablissementLogs } from './schema.ts'
import { newestStores, presentSource, type StoreRow } from './source-row.ts'

/** Days of the chart. */
const CHART_DAYS = 30

async function attemptsByDay(
  tx: Tx,
  uai: string,
  zone: string,
  now: Date,
): Promise<EtablissementLogs['days']> {
  const found = await tx.execute(sql`
    with days as (
      select (${now.toISOString()}::timestamptz at time zone ${zone}::text)::date - n as day
      from generate_series(0, ${CHART_DAYS - 1}::int) n
    ), counted as (
      select (h.hour at time zone ${zone}::text)::date as day, sum(h.login_accepted)::int as accepted,
        sum(h.login_refused)::int as refused
      from log_hour h join log_source s on s.id = h.source_id
      where s.uai = ${uai} and h.hour > ${now.toISOString()}::timestamptz - make_interval(days => ${CHART_DAYS + 1}::int)
      group by 1
    )
    select d.day::text as day, coalesce(c.accepted, 0) as accepted, coalesce(c.refused, 0) as refused
    from days d left join counted c using (day) order by d.day`)
  return rowsOf<EtablissementLogs['days'][number]>(found)
}

const presentStore = (store: StoreRow): EtablissementLogs['sources'][number]['store'] => ({
  seenAt: store.seenAt.toISOString(),
  oldestAt: store.oldestAt.toISOString(),
  newestAt: store.newestAt.toISOString(),
  bytes: store.bytes,
  freeRatio: store.freeBytes !== null && store.capacityBytes ? store.freeBytes / store.capacityBytes : null,
  archived: store.archived,
  inServiceSince: store.inServiceSince,
})

/**
 * What the journals of an establishment prove: how each source stands, its week, what its store holds, and the attempts
 * to log in of thirty days. Counts only: no content of a journal is kept (CARINE MCO-JAL-6). Errors: `unauthenticated`,
 * `forbidden`, `not_found`.
 */
export async function readLogs(ctx: Context, asked: string): Promise<EtablissementLogs> {
  const identity = authorise(ctx.actor, 'log:read')
  const now = ctx.clock.now()
  const { logSource } = schema
  return ctx.db.transact(identity, async (tx) => {
    const { uai, name, academie } = await findEtablissement(tx, asked)
    const rows = await tx
      .select()
      .from(logSource)
      .where(eq(logSource.uai, uai))
      .orderBy(asc(logSource.label), asc(logSource.id))
    const stores = await newestStores(
      tx,
      rows.map(({ id }) => id),
    )
    const sums = await weekSums(tx, sql`s.uai = ${uai}`, now)
    const { shortestDays, longestDays } = (await rangesOf(tx, [academie])).get(academie) ?? DEFAULT_RANGE
    const range = { shortestDays, longestDays }
    return {
      uai,
      range,
      sources: rows.map((row) => {
        const store = stores.get(row.id) ?? null
        return {
          ...presentSource(ctx, { row, etablissement: name, academie }, store, range),
          week: weekOf(sums.get(row.id), row.createdAt, now),
          store: store && presentStore(store),
        }
      }),
      days: await attemptsByDay(tx, uai, timeZoneOf(academie), now),
      canManage: may(ctx.actor, 'log_source:manage'),
    }
  })
}
