import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

/**
 * Closes, as of `at`, the open establishments of an académie whose UAI is not among `seen`. Out: how many it closed,
 * how many stay open. Nothing is deleted: a later file that names them again reopens them.
 */
export async function closeAbsent(
  tx: Tx,
  academie: string,
  seen: Iterable<string>,
  at: Date,
): Promise<{ closed: number; open: number }> {
  const instant = at.toISOString()
  const present = recordset(
    [...seen].map((uai) => ({ uai })),
    'r(uai text)',
  )
  const result = await tx.execute(sql`
    with closed as (
      update etablissement e set state = 'ferme', closed_on = ${instant.slice(0, 10)}::date, updated_at = ${instant}::timestamptz
      where e.academie = ${academie} and e.state = 'ouvert'
        and not exists (select 1 from ${present} where r.uai = e.uai)
      returning 1
    )
    select (select count(*)::int from closed) as closed,
      (select count(*)::int from etablissement where academie = ${academie} and state = 'ouvert') as before`)
  const { closed, before } = rowsOf<{ closed: number; before: number }>(result)[0] ?? { closed: 0, before: 0 }
  return { closed, open: before - closed }
}
