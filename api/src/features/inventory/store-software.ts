import type { Software } from '@vigie/collectors'
import { recordset, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'

const COLUMNS = 'r(name text, version text, publisher text)'
const SAME = sql`s.name = r.name and s.version = r.version and s.publisher = r.publisher`

/** Rows enter the dictionary in one order, so that two inventories never wait for each other. */
const learn = (tx: Tx, installed: SQL) =>
  tx.execute(sql`
    insert into software (name, version, publisher)
    select r.name, r.version, r.publisher from ${installed}
    where not exists (select 1 from software s where ${SAME})
    order by r.name collate "C", r.version collate "C", r.publisher collate "C"
    on conflict do nothing`)

/** Writes the software of a machine as identifiers of the dictionary, which learns what it does not hold. */
export async function storeSoftware(
  tx: Tx,
  list: {
    readonly machineId: string
    readonly uai: string
    readonly digest: string
    readonly software: readonly Software[]
  },
): Promise<void> {
  const { machineId, uai, digest, software } = list
  const installed = recordset(
    software.map(({ name, version, publisher }) => ({ name, version, publisher })),
    COLUMNS,
  )
  if (software.length > 0) await learn(tx, installed)
  await tx.execute(sql`
    insert into machine_software (machine_id, uai, digest, software_ids)
    select ${machineId}::uuid, ${uai}::text, ${digest}::text, coalesce(array_agg(s.id order by s.id), '{}')
    from ${installed} join software s on ${SAME}
    on conflict (machine_id) do update set digest = excluded.digest, software_ids = excluded.software_ids`)
}
