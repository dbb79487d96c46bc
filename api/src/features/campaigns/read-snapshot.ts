import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { everyWord } from '../keys/search.ts'
import { findCampaign } from './find-campaign.ts'
import { frozenTotals, sharesOf, type FrozenPoints } from './frozen-totals.ts'
import type { Snapshot, SnapshotQuery } from './frozen-schema.ts'
import type { Phase } from './schema.ts'

type Row = FrozenPoints & Pick<Snapshot['rows'][number], 'uai' | 'name' | 'commune' | 'statuses'>

/** One page of what was frozen at the opening or at the closing. Errors: `forbidden`, `not_found`. */
export async function readSnapshot(
  ctx: Context,
  { id, phase }: { readonly id: string; readonly phase: Phase },
  query: SnapshotQuery,
): Promise<Snapshot> {
  const identity = authorise(ctx.actor, 'campaign:read')
  return ctx.db.transact(identity, async (tx) => {
    await findCampaign(tx, id)
    const frozen = (await frozenTotals(tx, id)).find((snapshot) => snapshot.phase === phase)
    if (!frozen) throw notFrozen(phase)
    const where = sql.join(
      [
        sql`s.campaign_id = ${id} and s.phase = ${phase}`,
        ...everyWord(query.q, sql`s.uai || ' ' || e.name || ' ' || e.commune`),
      ],
      sql` and `,
    )
    const from = sql`campaign_snapshot s join etablissement e on e.uai = s.uai`
    const count = await tx.execute(sql`select count(*)::int as total from ${from} where ${where}`)
    const page = await tx.execute(sql`
      select s.uai, e.name, e.commune, s.statuses, s.e_points as "ePoints", s.e_applicable as "eApplicable",
        s.r_points as "rPoints", s.r_applicable as "rApplicable", s.fresh, s.applicable
      from ${from} where ${where} order by e.name, s.uai
      limit ${query.pageSize} offset ${(query.page - 1) * query.pageSize}`)
    return {
      ...frozen,
      total: rowsOf<{ total: number }>(count)[0]?.total ?? 0,
      page: query.page,
      pageSize: query.pageSize,
      rows: rowsOf<Row>(page).map((row) => {
        const { exige, coverage } = sharesOf(row)
        return { uai: row.uai, name: row.name, commune: row.commune, exige, coverage, statuses: row.statuses }
      }),
    }
  })
}

/** The refusal of a snapshot that does not exist yet. */
export const notFrozen = (phase: Phase): AppError =>
  new AppError(
    'not_found',
    phase === 'opening'
      ? 'Cette campagne n’est pas encore ouverte : rien n’est figé.'
      : 'Cette campagne n’est pas close : ses chiffres de clôture n’existent pas encore.',
  )
