import { recordset, rowsOf, type Tx } from '@vigie/db'
import { timeZoneOf } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { OwnProof } from './proofs.ts'

/** Days after which an inventory no longer tells the habits of a station. */
const RECENT_DAYS = 15

interface Stations {
  readonly uai: string
  readonly fixed: number
  readonly fixedTold: number
  readonly offAtNight: number
  readonly shared: number
  readonly dated: number
  readonly regenerated: number
}

/**
 * CARINE INF-PDT-16 and INF-PDT-17, from what inventories date. A shared station found awake was off during the night
 * when it had started that very day; it was regenerated when its system is younger than its place in the parc, or was
 * installed the same day as such a station. Days are those of the establishment. Nothing is told while a station says
 * nothing of it, nor of regeneration before one was seen: absence proves nothing.
 */
export async function sharedStations(tx: Tx, at: Date): Promise<OwnProof[]> {
  const zones = await zonesOf(tx)
  if (zones.length === 0) return []
  const result = await tx.execute(sql`
    with station as (
      select m.uai, m.kind, m.last_boot_at, m.last_inventory_at, z.zone,
        (m.os_installed_at at time zone z.zone)::date as installed_on,
        m.os_installed_at > m.first_seen_at as reinstalled
      from machine m join etablissement e on e.uai = m.uai
      join ${recordset(zones, 'z(academie text, zone text)')} on z.academie = e.academie
      where e.state = 'ouvert' and m.retired_at is null and m.shared and m.kind in ('workstation', 'laptop')
    ), judged as (
      select s.*, s.kind = 'workstation' as fixed,
        s.last_boot_at is not null
          and s.last_inventory_at > ${at.toISOString()}::timestamptz - make_interval(days => ${RECENT_DAYS}::int) as told,
        (s.last_boot_at at time zone s.zone)::date = (s.last_inventory_at at time zone s.zone)::date as same_day,
        s.installed_on > '2000-01-01' as dated,
        bool_or(s.reinstalled) over (partition by s.uai, s.installed_on) as in_wave
      from station s
    )
    select uai, count(*) filter (where fixed)::int as fixed,
      count(*) filter (where fixed and told)::int as "fixedTold",
      count(*) filter (where fixed and told and same_day)::int as "offAtNight",
      count(*)::int as shared, count(*) filter (where dated)::int as dated,
      count(*) filter (where dated and in_wave)::int as regenerated
    from judged group by uai order by uai`)
  return rowsOf<Stations>(result).flatMap((row): OwnProof[] => [
    ...(row.fixed > 0 && row.fixedTold === row.fixed
      ? [{ uai: row.uai, key: 'parc.workstation.auto_shutdown', value: row.offAtNight } as const]
      : []),
    ...(row.regenerated > 0 && row.dated === row.shared
      ? [{ uai: row.uai, key: 'parc.workstation.shared_restorable', value: row.regenerated } as const]
      : []),
  ])
}

async function zonesOf(tx: Tx): Promise<{ academie: string; zone: string }[]> {
  const result = await tx.execute(sql`select distinct academie from etablissement where state = 'ouvert'`)
  return rowsOf<{ academie: string }>(result).map(({ academie }) => ({
    academie,
    zone: timeZoneOf(academie),
  }))
}
