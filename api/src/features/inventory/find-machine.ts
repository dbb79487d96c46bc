import type { InventorySections } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

/** A machine already in the parc, as an inventory meets it again. */
export interface KnownMachine {
  readonly id: string
  readonly identity: string
  readonly sections: InventorySections
  readonly contentDigest: string
  readonly softwareDigest: string | null
  /** Whether the agent's identifier already leads to it. */
  readonly aliased: boolean
}

const isWeak = (identity: string) => identity.startsWith('device:')

/**
 * In: the hardware identity that an inventory gives (null when it gives none) and its agent's identifier. Out: the
 * machine, locked, or null when new. Two machines cloned with one agent identifier stay apart by their hardware; a
 * machine known by its agent alone is met again once its hardware is known.
 */
export async function findMachine(
  tx: Tx,
  uai: string,
  identity: string | null,
  deviceId: string,
): Promise<KnownMachine | null> {
  const rows = rowsOf<KnownMachine>(
    await tx.execute(sql`
      select m.id, m.identity, m.sections, m.content_digest as "contentDigest", s.digest as "softwareDigest",
        a.machine_id is not null as aliased
      from machine m
      left join machine_software s on s.machine_id = m.id
      left join machine_alias a on a.uai = m.uai and a.machine_id = m.id and a.device_id = ${deviceId}
      where m.uai = ${uai}
        and (m.identity = ${identity}
          or m.id in (select machine_id from machine_alias where uai = ${uai} and device_id = ${deviceId}))
      for update of m`),
  )
  return (
    rows.find((row) => row.identity === identity) ??
    rows.find((row) => row.aliased && (identity === null || isWeak(row.identity))) ??
    null
  )
}
