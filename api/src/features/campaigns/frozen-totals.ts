import { rowsOf, type Tx } from '@vigie/db'
import { emptyPoints, scoreOf } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Campaign, Phase } from './schema.ts'

export interface FrozenPoints {
  readonly ePoints: number
  readonly eApplicable: number
  readonly rPoints: number
  readonly rApplicable: number
  readonly fresh: number
  readonly applicable: number
}

/** In: frozen points. Out: the shares that the rules read from them; null over an empty denominator. */
export function sharesOf(row: FrozenPoints) {
  const { exige, recommande, coverage } = scoreOf({
    ...emptyPoints(),
    e: { points: row.ePoints, applicable: row.eApplicable },
    r: { points: row.rPoints, applicable: row.rApplicable },
    fresh: row.fresh,
    applicable: row.applicable,
  })
  return { exige, recommande, coverage }
}

type Frozen = Campaign['snapshots'][number]

/** What was frozen of a campaign, over the establishments that the caller sees; the opening first. */
export async function frozenTotals(tx: Tx, campaignId: string): Promise<Frozen[]> {
  const found = await tx.execute(sql`
    select phase, to_char(min(frozen_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "frozenAt",
      count(*)::int as etablissements, sum(e_points)::int as "ePoints", sum(e_applicable)::int as "eApplicable",
      sum(r_points)::int as "rPoints", sum(r_applicable)::int as "rApplicable", sum(fresh)::int as fresh,
      sum(applicable)::int as applicable
    from campaign_snapshot where campaign_id = ${campaignId} group by phase order by phase desc`)
  type Row = FrozenPoints & { phase: Phase; frozenAt: string; etablissements: number }
  return rowsOf<Row>(found).map((row) => ({
    phase: row.phase,
    frozenAt: row.frozenAt,
    etablissements: row.etablissements,
    ...sharesOf(row),
  }))
}
