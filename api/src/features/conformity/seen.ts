import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import { fingerprint } from '../bordereaux/stored-file.ts'

/**
 * In: a requirement of an establishment. Out: what tells how its case stands from any other state: what the measures say,
 * and everything that people said, asked or decided. Measures that say the same again leave it as it was.
 */
export async function seenOf(tx: Tx, uai: string, requirement: string): Promise<string> {
  const found = await tx.execute(sql`
    select json_build_array(
      (select json_build_array(s.verdict, s.status, s.reopened) from requirement_status s
        where s.uai = ${uai} and s.requirement = ${requirement}),
      (select json_agg(json_build_array(d.id, d.withdrawn_at) order by d.id) from declaration d
        where d.uai = ${uai} and d.requirement = ${requirement}),
      (select json_agg(json_build_array(a.id, a.withdrawn_at) order by a.id) from arbitration a
        where a.uai = ${uai} and a.requirement = ${requirement}),
      (select json_agg(json_build_array(g.id, g.expires_at, g.approved_at, g.refused_at, g.withdrawn_at) order by g.id)
        from derogation g where g.uai = ${uai} and g.requirement = ${requirement}),
      (select json_agg(json_build_array(p.id, p.decided_at) order by p.id) from dispute p
        where p.uai = ${uai} and p.requirement = ${requirement})
    )::text as state`)
  const [row] = rowsOf<{ state: string }>(found)
  return fingerprint(Buffer.from(row?.state ?? ''))
}

/** In: what whoever decides had seen; undefined binds nothing. Errors: `conflict` when the case has changed since. */
export async function refuseUnlessSeen(
  tx: Tx,
  { uai, requirement }: { readonly uai: string; readonly requirement: string },
  seen: string | undefined,
): Promise<void> {
  if (seen === undefined || seen === (await seenOf(tx, uai, requirement))) return
  throw new AppError(
    'conflict',
    'Ce cas a changé depuis que vous l’avez ouvert : les mesures, une déclaration, une demande ou une décision. Rien n’est écrit. Relisez-le, puis décidez de nouveau.',
  )
}
