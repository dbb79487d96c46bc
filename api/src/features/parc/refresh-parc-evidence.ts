import { parcEvidence, type ParcGroup, type ParcObservation } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { recordEvidence } from '../evidence/record-evidence.ts'

const ORIGIN = { source: 'Agents d’inventaire', collector: 'inventaire' } as const
/** A count that does not move is written again once in this delay, so that it stays fresh. */
const REWRITE_AFTER_MS = 20 * 3_600_000
/** An agent that reports nothing new still shows that collection works, noted this often. */
const NOTE_AFTER_MS = 600_000
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

interface Held {
  readonly key: string
  readonly value: unknown
  readonly observedAt: string | Date
  readonly lastSuccessAt: string | Date | null
}

const heldOf = async (tx: Tx, uai: string) =>
  rowsOf<Held>(
    await tx.execute(sql`
      select e.key, e.value, e.observed_at as "observedAt", a.last_success_at as "lastSuccessAt"
      from evidence_current e
      left join collector_activity a on a.uai = e.uai and a.collector = ${ORIGIN.collector}
      where e.uai = ${uai} and e.key like 'parc.%'`),
  )

const isOlder = (instant: string | Date | null | undefined, delayMs: number, at: Date) =>
  !instant || new Date(instant).getTime() + delayMs < at.getTime()

/** What moved since it was last written, or was written too long ago. */
function worthWriting(observations: readonly ParcObservation[], held: readonly Held[], at: Date) {
  const byKey = new Map(held.map((row) => [row.key, row]))
  return observations.filter(({ key, value }) => {
    const current = byKey.get(key)
    return !current || Number(current.value) !== value || isOlder(current.observedAt, REWRITE_AFTER_MS, at)
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
  const held = await heldOf(tx, uai)
  const changed = worthWriting(observations, held, at)
  if (changed.length > 0) await recordEvidence(tx, ctx, uai, changed, ORIGIN)
  else if (ctx.actor.kind === 'collector' && isOlder(held[0]?.lastSuccessAt, NOTE_AFTER_MS, at))
    await noteActivity(tx, uai, at)
}
