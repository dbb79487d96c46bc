import type { KeyReading } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

/** Counts keys and stock; a département that has a minimum has a stock, even empty. */
export async function readKeys(tx: Tx, now: Date): Promise<KeyReading> {
  const today = now.toISOString().slice(0, 10)
  const keys = await tx.execute(
    sql`select coalesce(departement, '') as departement, state, count(*)::int as count from otp_key group by 1, 2`,
  )
  const expiring = await tx.execute(sql`
    select count(*) filter (where expires_on < ${today}::date + interval '3 months')::int as "3m", count(*)::int as "12m"
    from otp_key where expires_on < ${today}::date + interval '12 months'
      and state not in ('scrapped', 'lost', 'stolen', 'broken', 'revoked')`)
  const available = await tx.execute(sql`
    with stock as (
      select coalesce(k.departement, '') as departement from otp_key k
      where k.kind = 'hardware' and k.state = 'stock' and (k.expires_on is null or k.expires_on >= ${today}::date)
        and not exists (
          select 1 from key_shipment_item i join key_shipment s on s.id = i.shipment_id
          where i.key_id = k.id and s.received_at is null
        )
    ), place as (
      select distinct coalesce(departement, '') as departement from otp_key where kind = 'hardware'
      union select departement from stock_threshold
    )
    select p.departement, count(s.departement)::int as count
    from place p left join stock s on s.departement = p.departement group by 1`)
  const minimums = await tx.execute(
    sql`select departement, sum(minimum)::int as minimum from stock_threshold group by 1`,
  )
  const [soon] = rowsOf<KeyReading['expiring']>(expiring)
  return {
    keys: rowsOf<KeyReading['keys'][number]>(keys),
    expiring: { '3m': soon?.['3m'] ?? 0, '12m': soon?.['12m'] ?? 0 },
    available: rowsOf<KeyReading['available'][number]>(available),
    minimums: rowsOf<KeyReading['minimums'][number]>(minimums),
  }
}
