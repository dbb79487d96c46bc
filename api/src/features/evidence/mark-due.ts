import { recordset, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

/** Asks, in the caller's transaction, that these establishments be evaluated at `at` at the latest. */
export async function markDue(tx: Tx, uais: Iterable<string>, at: Date): Promise<void> {
  const rows = [...uais].map((uai) => ({ uai }))
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into evaluation_due as planned (uai, due_at)
    select distinct r.uai, ${at.toISOString()}::timestamptz from ${recordset(rows, 'r(uai text)')} order by r.uai
    on conflict (uai) do update set due_at = least(planned.due_at, excluded.due_at)`)
}
