import { recordset, rowsOf, type Tx } from '@vigie/db'
import { frozenPoints, type Degree, type FrozenStatus } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Phase } from './schema.ts'

/** Rows of one insertion: some megabytes. */
const BATCH = 500

/**
 * Freezes what stands at every establishment of the campaign: one statement reads them all, so that they stand at the
 * same instant; the points are those of the rules. Out: how many establishments.
 */
export async function freeze(
  tx: Tx,
  { campaignId, phase, at }: { readonly campaignId: string; readonly phase: Phase; readonly at: Date },
  requirements: readonly string[],
): Promise<number> {
  const instant = at.toISOString()
  const result = await tx.execute(sql`
    select e.uai, e.degree, (
      select string_agg(s.requirement || ' ' || s.status || ' ' || s.counted || ' ' || s.basis
        || case when s.derogated_until > ${instant}::timestamptz then ' derogated' else '' end, ';')
      from requirement_status s
      where s.uai = e.uai
        and s.requirement in (select r.requirement from campaign_requirement r where r.campaign_id = ${campaignId})
    ) as held
    from campaign_etablissement c join etablissement e on e.uai = c.uai
    where c.campaign_id = ${campaignId} order by e.uai`)
  const rows = rowsOf<{ uai: string; degree: Degree; held: string | null }>(result)
  for (let start = 0; start < rows.length; start += BATCH) {
    const frozen = rows.slice(start, start + BATCH).map(({ uai, degree, held }) => {
      const statuses = statusesOf(held)
      const points = frozenPoints(requirements, degree, statuses)
      return {
        uai,
        statuses,
        e_points: points.e.points,
        e_applicable: points.e.applicable,
        r_points: points.r.points,
        r_applicable: points.r.applicable,
        fresh: points.fresh,
        applicable: points.applicable,
      }
    })
    await tx.execute(sql`
      insert into campaign_snapshot (campaign_id, phase, uai, statuses, e_points, e_applicable, r_points, r_applicable,
        fresh, applicable, frozen_at)
      select ${campaignId}::uuid, ${phase}, r.uai, r.statuses, r.e_points, r.e_applicable, r.r_points, r.r_applicable,
        r.fresh, r.applicable, ${instant}::timestamptz
      from ${recordset(
        frozen,
        'r(uai text, statuses jsonb, e_points int, e_applicable int, r_points int, r_applicable int, fresh int, applicable int)',
      )}`)
  }
  return rows.length
}

/** Text, not JSON: half a million statuses are read at once, and none of their words holds a space. */
function statusesOf(held: string | null): Record<string, FrozenStatus> {
  const statuses: Record<string, FrozenStatus> = {}
  for (const line of held === null ? [] : held.split(';')) {
    const [requirement = '', status, counted, basis, derogated] = line.split(' ')
    statuses[requirement] = {
      status: status as FrozenStatus['status'],
      counted: counted as FrozenStatus['counted'],
      basis: basis as FrozenStatus['basis'],
      ...(derogated ? { derogated: true as const } : {}),
    }
  }
  return statuses
}
