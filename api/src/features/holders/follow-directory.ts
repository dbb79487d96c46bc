import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'

/**
 * Moves holders whose school or commune changed of circonscription or département in the directory, and their keys with
 * them: who sees them follows. In: the transaction of the import, as the worker. Out: how many holders moved.
 */
export async function followDirectory(tx: Tx, ctx: Context): Promise<number> {
  const moved = rowsOf<{ id: string }>(
    await tx.execute(sql`
      update otp_holder h
      set departement = p.departement, circonscription = p.circonscription
      from (
        select 'uai ' || e.uai as place, e.academie, e.departement, e.circonscription from etablissement e
        union all
        (select distinct on (e.commune_code) 'commune ' || e.commune_code, e.academie, e.departement, e.circonscription
        from etablissement e where e.degree = 'd1' and e.state = 'ouvert' order by e.commune_code, e.uai)
      ) p
      where h.erased_at is null
        and p.place = case when h.uai is not null then 'uai ' || h.uai else 'commune ' || h.commune_code end
        and (h.departement, h.circonscription) is distinct from (p.departement, p.circonscription)
        and h.academie = p.academie
      returning h.id`),
  )
  if (moved.length === 0) return 0
  await tx.execute(sql`
    update otp_key k set departement = h.departement, circonscription = h.circonscription, uai = h.uai
    from otp_holder h
    where k.holder_id = h.id
      and (k.departement, k.circonscription, k.uai) is distinct from (h.departement, h.circonscription, h.uai)`)
  await record(tx, ctx, {
    action: 'holder.followed_directory',
    subject: { kind: 'annuaire', id: 'annuaire' },
    details: { moved: moved.length },
  })
  return moved.length
}
