import type { Software } from '@vigie/collectors'
import { recordset, rowsOf, type Database, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

export type SoftwareName = Pick<Software, 'name' | 'version' | 'publisher'>

const COLUMNS = 'r(name text, version text, publisher text)'
/** About 20 MB; past it the memory starts again. */
const REMEMBERED_LIMIT = 100_000
const keyOf = ({ name, version, publisher }: SoftwareName) => `${name}\n${version}\n${publisher}`

/** Identifiers never change and are never deleted, so each process may remember those that it read. */
const remembered = new WeakMap<Database, Map<string, number>>()

function memoryOf(db: Database): Map<string, number> {
  const known = remembered.get(db)
  if (known && known.size <= REMEMBERED_LIMIT) return known
  const fresh = new Map<string, number>()
  remembered.set(db, fresh)
  return fresh
}

async function idsOf(tx: Tx, wanted: readonly SoftwareName[]): Promise<Map<string, number>> {
  if (wanted.length === 0) return new Map()
  const rows = rowsOf<SoftwareName & { id: number }>(
    await tx.execute(sql`
      select s.id, s.name, s.version, s.publisher from ${recordset(wanted, COLUMNS)}
      join software s on s.name = r.name and s.version = r.version and s.publisher = r.publisher`),
  )
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}

/** Rows enter the dictionary in one order, so that two inventories never wait for each other. */
const learn = (tx: Tx, missing: readonly SoftwareName[]) =>
  tx.execute(sql`
    insert into software (name, version, publisher)
    select r.name, r.version, r.publisher from ${recordset(missing, COLUMNS)}
    order by r.name collate "C", r.version collate "C", r.publisher collate "C"
    on conflict do nothing`)

/**
 * In: software without repetition. Out: their identifiers in the dictionary, in rising order, learnt when new. What
 * this transaction adds is not remembered, since it may yet be rolled back.
 */
export async function softwareIds(
  tx: Tx,
  db: Database,
  installed: readonly SoftwareName[],
): Promise<number[]> {
  const memory = memoryOf(db)
  const wanted = installed.map(({ name, version, publisher }) => ({ name, version, publisher }))
  const unread = wanted.filter((entry) => !memory.has(keyOf(entry)))
  for (const [key, id] of await idsOf(tx, unread)) memory.set(key, id)
  const missing = unread.filter((entry) => !memory.has(keyOf(entry)))
  if (missing.length > 0) await learn(tx, missing)
  const learnt = await idsOf(tx, missing)
  return wanted
    .flatMap((entry) => memory.get(keyOf(entry)) ?? learnt.get(keyOf(entry)) ?? [])
    .toSorted((a, b) => a - b)
}
