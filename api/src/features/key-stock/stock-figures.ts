import { rowsOf, type Tx } from '@vigie/db'
import type { KeyState } from '@vigie/db/schema'
import { sql } from 'drizzle-orm'

/** Figures of one département (null: the académie's own stock) and one state. */
export interface StockFigures {
  readonly departement: string | null
  readonly state: KeyState
  readonly count: number
  readonly available: number
  readonly inTransit: number
  readonly months3: number
  readonly months12: number
  readonly ended: number
  readonly valueCents: number
  readonly spentCents: number
}

/** Keys that left the fleet are not to be replaced at their end of life: they already were, or are out of hands. */
const IN_FLEET = sql`k.state not in ('lost', 'stolen', 'broken', 'revoked', 'scrapped')`

/** In: an académie's code, today (`YYYY-MM-DD`). Out: what the caller sees of its hardware keys. */
export async function stockFigures(tx: Tx, academie: string, today: string): Promise<StockFigures[]> {
  const day = sql`${today}::date`
  const until = (months: number) => sql`count(*) filter (where ${IN_FLEET} and k.expires_on >= ${day}
    and k.expires_on <= ${day} + make_interval(months => ${months}::int))::int`
  const rows = await tx.execute(sql`
    select k.departement, k.state, count(*)::int as count,
      count(*) filter (where k.state = 'stock' and t.key_id is null
        and (k.expires_on is null or k.expires_on >= ${day}))::int as "available",
      count(*) filter (where k.state = 'stock' and t.key_id is not null)::int as "inTransit",
      ${until(3)} as "months3", ${until(12)} as "months12",
      count(*) filter (where ${IN_FLEET} and k.expires_on < ${day})::int as "ended",
      coalesce(sum(k.unit_price_cents) filter (where k.state = 'stock'), 0)::float8 as "valueCents",
      sum(k.unit_price_cents)::float8 as "spentCents"
    from otp_key k left join (
      select i.key_id from key_shipment_item i join key_shipment s on s.id = i.shipment_id
      where s.academie = ${academie} and s.received_at is null
    ) t on t.key_id = k.id
    where k.academie = ${academie} and k.kind = 'hardware'
    group by k.departement, k.state`)
  return rowsOf<StockFigures>(rows)
}

export interface YearFigures {
  readonly year: number
  readonly toReplace: number
  readonly costCents: number
}

/** Keys in the fleet whose end of life falls in each calendar year, at their own price. */
export async function replacementsByYear(tx: Tx, academie: string): Promise<YearFigures[]> {
  const rows = await tx.execute(sql`
    select extract(year from k.expires_on)::int as "year", count(*)::int as "toReplace",
      sum(k.unit_price_cents)::float8 as "costCents"
    from otp_key k
    where k.academie = ${academie} and k.kind = 'hardware' and k.expires_on is not null and ${IN_FLEET}
    group by 1 order by 1`)
  return rowsOf<YearFigures>(rows)
}
