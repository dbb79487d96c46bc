import { rowsOf, schema, type Identity } from '@vigie/db'
import { and, gte, inArray, lte, sql } from 'drizzle-orm'
import type { Deps } from '../../context.ts'
import { SLOT, sumCells, type Cell } from './cells.ts'
import type { Scope } from './scope.ts'

export const identityOf = ({ academies }: Scope): Identity => ({
  role: 'vigie_app',
  perimeters: academies.map((code) => ({ kind: 'academie', code })),
})

const at = (second: number) => new Date(second * 1_000)

/** Verifications of each second from `from` to `until`, over all processes; a second without any is absent. */
export async function readSeconds(
  deps: Deps,
  scope: Scope,
  from: number,
  until: number,
): Promise<Map<number, Cell>> {
  const { otpTraffic } = schema
  const rows = await deps.db.transact(identityOf(scope), (tx) =>
    tx
      .select({ second: otpTraffic.second, reasons: otpTraffic.reasons, durations: otpTraffic.durations })
      .from(otpTraffic)
      .where(
        and(
          gte(otpTraffic.second, at(from)),
          lte(otpTraffic.second, at(until)),
          inArray(otpTraffic.academie, [...scope.academies]),
        ),
      ),
  )
  const bySecond = Map.groupBy(rows, ({ second }) => Math.floor(second.getTime() / 1_000))
  return new Map([...bySecond].map(([second, cells]) => [second, sumCells(cells)]))
}

/** Verifications of each slot from `from` to `until`, added up by the database. */
export async function readSlots(
  deps: Deps,
  scope: Scope,
  from: number,
  until: number,
): Promise<Map<number, Cell>> {
  const codes = sql.join(
    scope.academies.map((code) => sql`${code}`),
    sql`, `,
  )
  const rows = sql`
    select floor(extract(epoch from second) / ${sql.raw(String(SLOT))})::int * ${sql.raw(String(SLOT))} as slot, reasons, durations
    from otp_traffic where second >= ${at(from).toISOString()}::timestamptz
      and second <= ${at(until).toISOString()}::timestamptz and academie in (${codes})`
  const found = await deps.db.transact(identityOf(scope), (tx) =>
    tx.execute(sql`
      with row as materialized (${rows}),
      reason as (
        select slot, jsonb_object_agg(key, total) as reasons from (
          select row.slot, r.key, sum(r.value::int)::int as total from row, jsonb_each_text(row.reasons) r group by 1, 2
        ) counted group by slot
      ), duration as (
        select slot, json_agg(total order by rank) as durations from (
          select row.slot, d.rank, sum(d.value)::int as total
          from row, unnest(row.durations) with ordinality d(value, rank) group by 1, 2
        ) counted group by slot
      )
      select slot, reason.reasons, duration.durations from reason join duration using (slot)`),
  )
  return new Map(
    rowsOf<Cell & { slot: number }>(found).map(({ slot, reasons, durations }) => [
      Number(slot),
      { reasons, durations },
    ]),
  )
}
