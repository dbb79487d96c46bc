import type { Software } from '@vigie/collectors'
import { recordset, rowsOf, schema, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

interface Named {
  readonly name: string
  readonly version: string
  readonly publisher: string
}

const COLUMNS = 'r(name text, version text, publisher text)'
const keyOf = ({ name, version, publisher }: Named) => `${name}\n${version}\n${publisher}`

async function idsOf(tx: Tx, wanted: readonly Named[]): Promise<Map<string, number>> {
  if (wanted.length === 0) return new Map()
  const rows = rowsOf<Named & { id: number }>(
    await tx.execute(sql`
      select s.id, s.name, s.version, s.publisher from ${recordset(wanted, COLUMNS)}
      join software s on s.name = r.name and s.version = r.version and s.publisher = r.publisher`),
  )
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}

/** Rows enter the dictionary in one order, so that two inventories never wait for each other. */
const learn = (tx: Tx, missing: readonly Named[]) =>
  tx.execute(sql`
    insert into software (name, version, publisher)
    select r.name, r.version, r.publisher from ${recordset(missing, COLUMNS)}
    order by r.name collate "C", r.version collate "C", r.publisher collate "C"
    on conflict do nothing`)

/** Writes the software of a machine as identifiers of the dictionary, which learns what it does not hold. */
export async function storeSoftware(
  tx: Tx,
  installed: {
    readonly machineId: string
    readonly uai: string
    readonly digest: string
    readonly software: readonly Software[]
  },
): Promise<void> {
  const wanted = installed.software.map(({ name, version, publisher }) => ({ name, version, publisher }))
  const known = await idsOf(tx, wanted)
  const missing = wanted.filter((entry) => !known.has(keyOf(entry)))
  if (missing.length > 0) {
    await learn(tx, missing)
    for (const [key, id] of await idsOf(tx, missing)) known.set(key, id)
  }
  const { machineId, uai, digest } = installed
  const softwareIds = [...known.values()].toSorted((a, b) => a - b)
  await tx
    .insert(schema.machineSoftware)
    .values({ machineId, uai, digest, softwareIds })
    .onConflictDoUpdate({ target: schema.machineSoftware.machineId, set: { digest, softwareIds } })
}
