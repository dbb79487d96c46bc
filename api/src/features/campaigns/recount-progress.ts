import { recordset, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'

/** Whose progress is counted again. */
export type Recounted = { readonly campaignId: string } | { readonly uais: readonly string[] }

const among = (which: Recounted): SQL =>
  'campaignId' in which
    ? sql`e.campaign_id = ${which.campaignId}`
    : sql`e.uai in (select w.uai from ${recordset(
        which.uais.map((uai) => ({ uai })),
        'w(uai text)',
      )})`

/**
 * Counts again what open campaigns show of these establishments, from the statuses, declarations, answers of visits and
 * findings that stand. Holds the rows first, so that the last writer sees what the others committed. Out: nothing; rows
 * whose counts did not move are left alone. A service is the first seven characters of its requirements.
 */
export async function recountProgress(tx: Tx, which: Recounted, at: Date): Promise<void> {
  if ('uais' in which && which.uais.length === 0) return
  await tx.execute(sql`
    select 1 from campaign_etablissement e join campaign c on c.id = e.campaign_id and c.state = 'open'
    where ${among(which)} order by e.uai, e.campaign_id for update of e`)
  await tx.execute(sql`
    with held as materialized (
      select e.campaign_id, e.uai, c.opened_at
      from campaign_etablissement e join campaign c on c.id = e.campaign_id and c.state = 'open'
      where ${among(which)}
    ), said as materialized (
      select distinct h.campaign_id, h.uai, d.requirement from held h
      join declaration d on d.uai = h.uai and d.declared_at >= h.opened_at and d.withdrawn_at is null
      union
      select h.campaign_id, h.uai, a.requirement from held h
      join visit v on v.uai = h.uai and v.campaign_id = h.campaign_id
      join visit_answer a on a.visit_id = v.id and a.standing
    ), asked as materialized (
      select r.campaign_id, left(r.requirement, 7) as service, count(*)::int as total
      from campaign_requirement r where r.campaign_id in (select h.campaign_id from held h) group by 1, 2
    ), seen as (
      select h.campaign_id, h.uai, left(s.requirement, 7) as service, count(*)::int as observed
      from held h
      join requirement_status s on s.uai = h.uai and s.verdict <> 'unknown'
      join campaign_requirement r on r.campaign_id = h.campaign_id and r.requirement = s.requirement
      group by 1, 2, 3
    ), told as (
      select d.campaign_id, d.uai, left(d.requirement, 7) as service, count(*)::int as answered
      from said d
      join campaign_requirement r on r.campaign_id = d.campaign_id and r.requirement = d.requirement
      where not exists (select 1 from requirement_status s
        where s.uai = d.uai and s.requirement = d.requirement and s.verdict <> 'unknown')
      group by 1, 2, 3
    ), by_service as (
      select h.campaign_id, h.uai, a.service, a.total, coalesce(seen.observed, 0) as observed,
        coalesce(told.answered, 0) as answered
      from held h join asked a on a.campaign_id = h.campaign_id
      left join seen on seen.campaign_id = h.campaign_id and seen.uai = h.uai and seen.service = a.service
      left join told on told.campaign_id = h.campaign_id and told.uai = h.uai and told.service = a.service
    ), counted as (
      select b.campaign_id, b.uai, sum(b.total)::int as total, sum(b.observed)::int as observed,
        sum(b.answered)::int as answered,
        jsonb_object_agg(b.service, jsonb_build_array(b.total, b.observed, b.answered)) as services,
        (select count(*)::int from finding f
          where f.uai = b.uai and f.campaign_id = b.campaign_id and f.state <> 'dropped') as findings
      from by_service b group by 1, 2
    )
    update campaign_etablissement e
    set total = n.total, observed = n.observed, answered = n.answered, services = n.services,
      findings = n.findings, counted_at = ${at.toISOString()}::timestamptz
    from counted n
    where e.campaign_id = n.campaign_id and e.uai = n.uai
      and (e.total, e.observed, e.answered, e.findings, e.services)
        is distinct from (n.total, n.observed, n.answered, n.findings, n.services)`)
}
