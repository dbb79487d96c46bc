import { timingSafeEqual } from 'node:crypto'
import { rowsOf, schema, type Tx } from '@vigie/db'
import { asc, gt, sql } from 'drizzle-orm'
import type { Deps } from '../context.ts'
import { GENESIS, hashBatch, hashEntry, journalKey, type JournalKey } from './canonical.ts'
import { readEntries } from './read-entries.ts'

export type BreakKind =
  | 'entry_modified'
  | 'entry_removed'
  | 'entry_duplicated'
  | 'entry_inserted'
  | 'pending_entry_removed'
  | 'batch_missing'
  | 'batch_chain'
  | 'batch_hash'
  | 'batch_mac'
  | 'batch_key'
  | 'anchor'

/** The first break found. `sequence` is null when no batch is concerned, `entry` when none is. */
export interface JournalBreak {
  readonly kind: BreakKind
  readonly sequence: number | null
  readonly entry: string | null
}

export interface JournalVerification {
  readonly broken: JournalBreak | null
  readonly batches: number
  readonly entries: number
  /** Entries that wait for the next sealing: present, not yet proven. */
  readonly pending: number
  /** Last batch: note it elsewhere, and hand it back as an anchor. */
  readonly head: Anchor | null
}

export interface Anchor {
  readonly sequence: number
  readonly hash: string
}

type Batch = typeof schema.journalBatch.$inferSelect

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
const found = (kind: BreakKind, sequence: number | null, entry: string | null = null): JournalBreak => ({
  kind,
  sequence,
  entry,
})

/**
 * Proves the journal whole, or names its first break. Batches are read one at a time. In: `anchor`, a batch noted
 * earlier outside the database: it proves that the end of the journal was not rewritten since.
 */
export async function verifyJournal(deps: Deps, anchor: Anchor | null = null): Promise<JournalVerification> {
  const { masterKey, formerMasterKeys } = deps.config
  const keys = [masterKey, ...formerMasterKeys].map(journalKey)
  let head: Anchor | null = null
  let batches = 0
  let entries = 0
  let anchored = anchor === null
  const outcome = (broken: JournalBreak | null, pending = 0) => ({ broken, batches, entries, pending, head })
  for (;;) {
    const after: Anchor | null = head
    const checked: CheckedBatch | null = await deps.db.asOwner((tx) => checkNext(tx, after, keys))
    if (checked === null) break
    if (checked.broken) return outcome(checked.broken)
    head = { sequence: checked.batch.sequence, hash: checked.batch.hash }
    batches += 1
    entries += checked.batch.entryIds.length
    if (anchor?.sequence === head.sequence) {
      if (anchor.hash !== head.hash) return outcome(found('anchor', head.sequence))
      anchored = true
    }
  }
  if (!anchored) return outcome(found('anchor', anchor?.sequence ?? null))
  const { broken, pending } = await deps.db.asOwner(checkOutsideBatches)
  return outcome(broken, pending)
}

interface CheckedBatch {
  readonly batch: Batch
  readonly broken: JournalBreak | null
}

async function checkNext(
  tx: Tx,
  previous: Anchor | null,
  keys: readonly JournalKey[],
): Promise<CheckedBatch | null> {
  const { journalBatch } = schema
  const [batch] = await tx
    .select()
    .from(journalBatch)
    .where(gt(journalBatch.sequence, previous?.sequence ?? 0))
    .orderBy(asc(journalBatch.sequence))
    .limit(1)
  if (!batch) return null
  const expected = (previous?.sequence ?? 0) + 1
  if (batch.sequence !== expected) return { batch, broken: found('batch_missing', expected) }
  return { batch, broken: checkSeal(batch, previous, keys) ?? (await checkEntries(tx, batch)) }
}

function checkSeal(batch: Batch, previous: Anchor | null, keys: readonly JournalKey[]): JournalBreak | null {
  const { sequence } = batch
  if (batch.previousHash !== (previous?.hash ?? GENESIS)) return found('batch_chain', sequence)
  if (batch.hash !== hashBatch(batch)) return found('batch_hash', sequence)
  const key = keys.find(({ id }) => id === batch.keyId)
  if (!key) return found('batch_key', sequence)
  return same(batch.mac, key.mac(batch.hash)) ? null : found('batch_mac', sequence)
}

async function checkEntries(tx: Tx, batch: Batch): Promise<JournalBreak | null> {
  const rows = await readEntries(tx, batch.entryIds, batch.fromAt, batch.toAt)
  const hashes = new Map<string, string>()
  for (const row of rows) {
    if (hashes.has(row.id)) return found('entry_duplicated', batch.sequence, row.id)
    hashes.set(row.id, hashEntry(row))
  }
  for (const [index, id] of batch.entryIds.entries()) {
    const hash = hashes.get(String(id))
    if (hash === undefined) return found('entry_removed', batch.sequence, String(id))
    if (hash !== batch.entryHashes[index]) return found('entry_modified', batch.sequence, String(id))
  }
  return null
}

/** Every entry is in one batch, or waits for one; every line that waits has its entry. */
async function checkOutsideBatches(tx: Tx): Promise<{ broken: JournalBreak | null; pending: number }> {
  const strangers = await tx.execute(sql`
    select id::text as id from (
      select id from journal_entry
      except all select unnest(entry_ids) from journal_batch
      except all select entry_id from journal_pending
    ) as stranger order by stranger.id limit 1`)
  const [stranger] = rowsOf<{ id: string }>(strangers)
  if (stranger) return { broken: found('entry_inserted', null, stranger.id), pending: 0 }
  const lost = await tx.execute(sql`
    select p.entry_id::text as id from journal_pending p
    where not exists (select 1 from journal_entry e where e.id = p.entry_id and e.at = p.at)
    order by p.entry_id limit 1`)
  const [missing] = rowsOf<{ id: string }>(lost)
  if (missing) return { broken: found('pending_entry_removed', null, missing.id), pending: 0 }
  const counted = await tx.execute(sql`select count(*)::int as pending from journal_pending`)
  return { broken: null, pending: rowsOf<{ pending: number }>(counted)[0]?.pending ?? 0 }
}
