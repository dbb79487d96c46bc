import type { Software } from '@vigie/collectors'
import type { Database, Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { softwareIds } from './software-dictionary.ts'

/** Writes the software of a machine as identifiers of the dictionary, which learns what it does not hold. */
export async function storeSoftware(
  tx: Tx,
  db: Database,
  list: {
    readonly machineId: string
    readonly uai: string
    readonly digest: string
    readonly software: readonly Software[]
  },
): Promise<void> {
  const { machineId, uai, digest, software } = list
  const ids = await softwareIds(tx, db, software)
  await tx.execute(sql`
    insert into machine_software (machine_id, uai, digest, software_ids)
    values (${machineId}::uuid, ${uai}, ${digest}, ${`{${ids.join(',')}}`}::text::int[])
    on conflict (machine_id) do update set digest = excluded.digest, software_ids = excluded.software_ids`)
}
