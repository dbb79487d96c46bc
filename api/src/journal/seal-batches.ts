import { rowsOf, schema, type Tx } from '@vigie/db'
import { asc, desc, sql } from 'drizzle-orm'
import type { Deps } from '../context.ts'
import { GENESIS, hashBatch, hashEntry, journalKey, type BatchContent } from './canonical.ts'
import { idArray, readEntries } from './read-entries.ts'

/** Any number: one sealer at a time over all processes. */
const SEALING_LOCK = 4_170_164
/** Small enough that hashing one does not keep verifications waiting; the queue of entries empties batch after batch. */
const BATCH_SIZE = 500

export interface Sealing {
  readonly batches: number
  readonly entries: number
}

/**
 * Seals every pending entry in batches chained to the last one. Does nothing when another process is sealing.
 * The log keeps each batch's hash: an anchor outside the database.
 */
export async function sealBatches(deps: Deps, options: { batchSize?: number } = {}): Promise<Sealing> {
  const size = options.batchSize ?? BATCH_SIZE
  let batches = 0
  let entries = 0
  for (;;) {
    const sealed = await deps.db.asOwner((tx) => sealOne(tx, deps, size))
    if (sealed === null) return { batches, entries }
    batches += 1
    entries += sealed.entryIds.length
    deps.log.info(
      { sequence: sealed.sequence, hash: hashBatch(sealed), entries: sealed.entryIds.length },
      'journal sealed',
    )
    if (sealed.entryIds.length < size) return { batches, entries }
  }
}

async function sealOne(tx: Tx, deps: Deps, size: number): Promise<BatchContent | null> {
  const locked = await tx.execute(sql`select pg_try_advisory_xact_lock(${SEALING_LOCK}) as locked`)
  if (!rowsOf<{ locked: boolean }>(locked)[0]?.locked) return null
  const pending = await tx
    .select()
    .from(schema.journalPending)
    .orderBy(asc(schema.journalPending.entryId))
    .limit(size)
    .for('update', { skipLocked: true })
  const times = pending.map(({ at }) => at.getTime())
  const [first] = pending
  if (!first) return null
  const fromAt = new Date(times.reduce((a, b) => Math.min(a, b), first.at.getTime()))
  const toAt = new Date(times.reduce((a, b) => Math.max(a, b), first.at.getTime()))
  const read = await readEntries(
    tx,
    pending.map(({ entryId }) => entryId),
    fromAt,
    toAt,
  )
  const [last] = await tx
    .select({ sequence: schema.journalBatch.sequence, hash: schema.journalBatch.hash })
    .from(schema.journalBatch)
    .orderBy(desc(schema.journalBatch.sequence))
    .limit(1)
  if (read.length === 0) {
    deps.log.error(
      { pending: pending.length },
      'pending journal entries are missing; run vigie journal verify',
    )
    return null
  }
  const batch: BatchContent = {
    sequence: (last?.sequence ?? 0) + 1,
    sealedAt: deps.clock.now(),
    fromAt,
    toAt,
    entryIds: read.map(({ id }) => BigInt(id)),
    entryHashes: read.map(hashEntry),
    previousHash: last?.hash ?? GENESIS,
  }
  const hash = hashBatch(batch)
  const key = journalKey(deps.config.masterKey)
  await tx.insert(schema.journalBatch).values({
    ...batch,
    entryIds: [...batch.entryIds],
    entryHashes: [...batch.entryHashes],
    hash,
    mac: key.mac(hash),
    keyId: key.id,
  })
  // Only what was sealed leaves the list: a pending line without its entry stays, for verification to name it.
  await tx
    .delete(schema.journalPending)
    .where(sql`${schema.journalPending.entryId} = any(${idArray(batch.entryIds)})`)
  return batch
}
