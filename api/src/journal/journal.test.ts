import type { Database } from '@vigie/db'
import { schema } from '@vigie/db'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import type { Context } from '../context.ts'
import { hashBatch, hashEntry } from './canonical.ts'
import { readEntries } from './read-entries.ts'
import { record } from './record.ts'
import { sealBatches } from './seal-batches.ts'
import { verifyJournal } from './verify-journal.ts'
import { write } from './write.ts'

let db: Database
let ctx: Context

const journalise = (count: number) =>
  write(ctx, { role: 'vigie_worker' }, async (tx) => {
    for (let index = 0; index < count; index++) {
      await record(tx, ctx, {
        action: 'test.written',
        subject: { kind: 'test', id: String(index) },
        details: { b: index, a: { z: [1, null, 'é'], y: true } },
      })
    }
  })

const entryIds = async () =>
  (await db.asOwner((tx) => tx.select({ id: schema.journalEntry.id }).from(schema.journalEntry)))
    .map(({ id }) => id)
    .sort((a, b) => Number(a - b))

const brokenBy = async () => (await verifyJournal(ctx)).broken

const open = async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db))
  await journalise(6)
  await sealBatches(ctx, { batchSize: 2 })
}
const close = () => db.close()

describe('sealing', () => {
  beforeEach(open)
  afterEach(close)

  it('seals every pending entry in batches, once', async () => {
    expect(await sealBatches(ctx)).toEqual({ batches: 0, entries: 0 })
    expect(await verifyJournal(ctx)).toMatchObject({ broken: null, batches: 3, entries: 6, pending: 0 })
  })

  it('leaves what came since in waiting, and proves the rest', async () => {
    await journalise(1)
    expect(await verifyJournal(ctx)).toMatchObject({ broken: null, batches: 3, pending: 1 })
    await sealBatches(ctx)
    expect(await verifyJournal(ctx)).toMatchObject({ broken: null, batches: 4, entries: 7, pending: 0 })
  })

  it('proves an empty journal whole', async () => {
    const empty = await aDatabase()
    try {
      expect(await verifyJournal(depsOn(empty))).toMatchObject({ broken: null, batches: 0, head: null })
    } finally {
      await empty.close()
    }
  })
})

describe('verification', () => {
  beforeEach(open)
  afterEach(close)

  it('names an entry whose detail was changed', async () => {
    const [, , third] = await entryIds()
    await db.asOwner((tx) =>
      tx
        .update(schema.journalEntry)
        .set({ details: { b: 99 } })
        .where(eq(schema.journalEntry.id, third!)),
    )
    expect(await brokenBy()).toEqual({ kind: 'entry_modified', sequence: 2, entry: String(third) })
  })

  it('names an entry that was deleted', async () => {
    const ids = await entryIds()
    await db.asOwner((tx) => tx.delete(schema.journalEntry).where(eq(schema.journalEntry.id, ids[4]!)))
    expect(await brokenBy()).toEqual({ kind: 'entry_removed', sequence: 3, entry: String(ids[4]) })
  })

  it('names a batch deleted in the middle, and the entries of one deleted at the end', async () => {
    const ids = await entryIds()
    await db.asOwner((tx) => tx.delete(schema.journalBatch).where(eq(schema.journalBatch.sequence, 3)))
    expect(await brokenBy()).toEqual({ kind: 'entry_inserted', sequence: null, entry: String(ids[4]) })
    await db.asOwner((tx) => tx.delete(schema.journalBatch).where(eq(schema.journalBatch.sequence, 1)))
    expect(await brokenBy()).toEqual({ kind: 'batch_missing', sequence: 1, entry: null })
  })

  it('names batches whose order was changed', async () => {
    await db.asOwner(async (tx) => {
      for (const [from, to] of [
        [2, 99],
        [3, 2],
        [99, 3],
      ] as const) {
        await tx
          .update(schema.journalBatch)
          .set({ sequence: to })
          .where(eq(schema.journalBatch.sequence, from))
      }
    })
    expect(await brokenBy()).toMatchObject({ kind: 'batch_chain', sequence: 2 })
  })

  it('refuses a chain recomputed without the key', async () => {
    const ids = await entryIds()
    await db.asOwner(async (tx) => {
      await tx
        .update(schema.journalEntry)
        .set({ action: 'forged' })
        .where(eq(schema.journalEntry.id, ids[5]!))
      const [batch] = await tx.select().from(schema.journalBatch).where(eq(schema.journalBatch.sequence, 3))
      const rows = await readEntries(tx, batch!.entryIds, batch!.fromAt, batch!.toAt)
      const forged = { ...batch!, entryHashes: rows.map(hashEntry) }
      await tx
        .update(schema.journalBatch)
        .set({ entryHashes: forged.entryHashes, hash: hashBatch(forged) })
        .where(eq(schema.journalBatch.sequence, 3))
    })
    expect(await brokenBy()).toEqual({ kind: 'batch_mac', sequence: 3, entry: null })
  })

  it('says that a journal was sealed under another master key', async () => {
    const other = depsOn(db, { config: { ...ctx.config, masterKey: new Uint8Array(32).fill(9) } })
    expect((await verifyJournal(other)).broken).toMatchObject({ kind: 'batch_key', sequence: 1 })
  })

  it('names an entry inserted apart from the trigger, and a pending line taken away', async () => {
    await journalise(1)
    const last = (await entryIds()).at(-1)!
    await db.asOwner((tx) => tx.delete(schema.journalPending))
    expect(await brokenBy()).toEqual({ kind: 'entry_inserted', sequence: null, entry: String(last) })
  })

  it('names a pending entry that was deleted', async () => {
    await journalise(1)
    const last = (await entryIds()).at(-1)!
    await db.asOwner((tx) => tx.delete(schema.journalEntry).where(eq(schema.journalEntry.id, last)))
    await sealBatches(ctx)
    expect(await brokenBy()).toEqual({ kind: 'pending_entry_removed', sequence: null, entry: String(last) })
  })

  it('names an entry inserted twice under one id at another instant', async () => {
    const [first] = await entryIds()
    await db.asOwner(async (tx) => {
      await tx
        .execute(
          sql`insert into journal_entry (id, at, actor_kind, actor_id, action, subject_kind, subject_id, details)
        select id, at + interval '1 minute', actor_kind, actor_id, 'forged', subject_kind, subject_id, details
        from journal_entry where id = ${String(first)}::bigint`,
        )
        .catch(() => null)
      await tx.delete(schema.journalPending)
    })
    expect(await brokenBy()).toMatchObject({ kind: 'entry_inserted', entry: String(first) })
  })

  it('tells that the end was rewritten since an anchor was noted', async () => {
    const { head } = await verifyJournal(ctx)
    expect((await verifyJournal(ctx, head)).broken).toBeNull()
    const ids = await entryIds()
    await db.asOwner(async (tx) => {
      await tx.delete(schema.journalBatch).where(eq(schema.journalBatch.sequence, 3))
      await tx
        .update(schema.journalEntry)
        .set({ action: 'rewritten' })
        .where(eq(schema.journalEntry.id, ids[5]!))
      await tx.execute(sql`insert into journal_pending (entry_id, at)
        select id, at from journal_entry where id >= ${String(ids[4])}::bigint`)
    })
    await sealBatches(ctx)
    expect((await verifyJournal(ctx)).broken).toBeNull()
    expect((await verifyJournal(ctx, head)).broken).toMatchObject({ kind: 'anchor', sequence: 3 })
  })
})

describe('append-only', () => {
  beforeAll(open)
  afterAll(close)

  const attempts = {
    update: sql`update journal_entry set action = 'forged'`,
    delete: sql`delete from journal_entry`,
    'delete of a batch': sql`delete from journal_batch`,
    'insert of a batch': sql`insert into journal_batch (sequence) values (99)`,
    'delete of a pending line': sql`delete from journal_pending`,
  }
  for (const role of ['vigie_app', 'vigie_worker', 'vigie_auth'] as const) {
    for (const [name, statement] of Object.entries(attempts)) {
      it(`refuses ${name} to ${role}`, async () => {
        const identity = role === 'vigie_app' ? { role, perimeters: [] } : { role }
        await expect(db.transact(identity, (tx) => tx.execute(statement))).rejects.toMatchObject({
          cause: { code: '42501' },
        })
      })
    }
  }
})
