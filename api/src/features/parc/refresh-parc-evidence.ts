import { parcEvidence, type ParcGroup, type ParcObservation } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { recordEvidence } from '../evidence/record-evidence.ts'

const ORIGIN = { source: 'Agents d’inventaire', collector: 'inventaire' } as const
/** A count that does not move is written again once in this delay, so that it stays fresh. */
const REWRITE_AFTER_MS = 20 * 3_600_000
const DAY_MS = 86_400_000

async function groupsOf(tx: Tx, uai: string, at: Date): Promise<ParcGroup[]> {
  const daysAgo = (days: number) => new Date(at.getTime() - days * DAY_MS).toISOString()
  const sevenYearsAgo = daysAgo(7 * 365.25).slice(0, 10)
  return rowsOf<ParcGroup>(
    await tx.execute(sql`
      select m.kind, m.usage, m.shared,
        m.os_name as "osName", m.os_version as "osVersion", m.os_kernel as "osKernel",
        count(*)::int as count,
        count(*) filter (where m.last_inventory_at > ${daysAgo(30)}::timestamptz)::int as "reporting30d",
        count(*) filter (where m.kind <> 'other' and m.manufacturer is not null and m.model is not null)::int
          as categorised,
        count(m.bios_date)::int as dated,
        count(*) filter (where m.bios_date < ${sevenYearsAgo})::int as "over7Years",
        count(*) filter (where s.digest <> '')::int as "softwareKnown",
        count(m.antivirus_active)::int as "antivirusKnown",
        count(*) filter (where m.antivirus_active)::int as "antivirusActive",
        count(*) filter (where m.antivirus_up_to_date)::int as "antivirusUpToDate",
        count(m.firewall_active)::int as "firewallKnown",
        count(*) filter (where m.firewall_active)::int as "firewallActive",
        count(m.disk_encrypted)::int as "encryptionKnown",
        count(*) filter (where m.disk_encrypted)::int as encrypted,
        count(m.last_update_at)::int as "updateKnown",
        count(*) filter (where m.last_update_at > ${daysAgo(60)}::timestamptz)::int as "updated60d"
      from machine m left join machine_software s on s.machine_id = m.id
      where m.uai = ${uai} and m.retired_at is null
      group by 1, 2, 3, 4, 5, 6`),
  )
}

/** What moved since it was last written, or was written too long ago. */
async function worthWriting(tx: Tx, uai: string, observations: readonly ParcObservation[], at: Date) {
  const held = new Map(
    rowsOf<{ key: string; value: unknown; observedAt: string | Date }>(
      await tx.execute(sql`
        select key, value, observed_at as "observedAt" from evidence_current
        where uai = ${uai} and key like 'parc.%'`),
    ).map((row) => [row.key, row]),
  )
  return observations.filter(({ key, value }) => {
    const current = held.get(key)
    if (!current || Number(current.value) !== value) return true
    return new Date(current.observedAt).getTime() + REWRITE_AFTER_MS < at.getTime()
  })
}

const noteActivity = (tx: Tx, uai: string, at: Date) =>
  tx.execute(sql`
    insert into collector_activity as known (uai, collector, last_success_at)
    values (${uai}, ${ORIGIN.collector}, ${at.toISOString()}::timestamptz)
    on conflict (uai, collector) do update set
      last_success_at = greatest(known.last_success_at, excluded.last_success_at)`)

/**
 * Counts the parc of an establishment again and records as evidence what moved, in the caller's transaction, after
 * `prepareEvidence`. Two changes of one parc take turns, so that the last count sees both.
 */
export async function refreshParcEvidence(tx: Tx, ctx: Context, uai: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parc'), hashtext(${uai}))`)
  const at = ctx.clock.now()
  const observations = parcEvidence(await groupsOf(tx, uai, at), at)
  const changed = await worthWriting(tx, uai, observations, at)
  if (changed.length > 0) await recordEvidence(tx, ctx, uai, changed, ORIGIN)
  else if (ctx.actor.kind === 'collector') await noteActivity(tx, uai, at)
}
