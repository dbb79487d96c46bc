import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  prepareEvidence,
  recordEvidence,
  recordEvidenceOfMany,
  type ObservedValue,
} from './record-evidence.ts'
import { recordFailure } from './record-failure.ts'

const ORIGIN = { source: 'sauvegarde.test', collector: 'essai' }
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

async function record(uai: string, observations: readonly ObservedValue[], origin = ORIGIN) {
  const ctx = contextOf(depsOn(db))
  await prepareEvidence(ctx, observations)
  return db.transact({ role: 'vigie_worker' }, (tx) => recordEvidence(tx, ctx, uai, observations, origin))
}
const current = (uai: string) =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
  )
const age = (value: number, observedAt: string): ObservedValue => ({
  key: 'backup.last_success_age',
  value,
  observedAt: new Date(observedAt),
})

describe('recordEvidence', () => {
  it('keeps every observation and the newest as current, whatever the order of arrival', async () => {
    const uai = await anEtablissement().insert(db)
    await record(uai, [age(5, '2026-11-15T08:00:00Z')])
    await record(uai, [age(9, '2026-09-02T08:00:00Z')])
    const [held] = await current(uai)
    expect(held).toMatchObject({ value: 5, source: 'sauvegarde.test' })
    expect(held?.expiresAt).toEqual(new Date('2026-11-18T08:00:00Z'))
    const all = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.evidence).where(eq(schema.evidence.uai, uai)),
    )
    expect(all.map((row) => row.value).toSorted()).toEqual([5, 9])
  })

  it('keeps one copy of an observation delivered twice, even at the same time', async () => {
    const uai = await anEtablissement().insert(db)
    const observation = age(5, '2026-11-15T08:00:00Z')
    const results = await Promise.all([1, 2, 3].map(() => record(uai, [observation, observation])))
    expect(results.map((result) => result.recorded).toSorted()).toEqual([0, 0, 1])
  })

  it('keeps booleans and fractions as they are', async () => {
    const uai = await anEtablissement().insert(db)
    await record(uai, [
      { key: 'backup.encrypted_at_rest', value: false, observedAt: new Date('2026-11-15T08:00:00Z') },
      { key: 'backup.success_ratio_30d', value: 0.125, observedAt: new Date('2026-11-15T08:00:00Z') },
    ])
    expect((await current(uai)).map((row) => row.value)).toEqual([false, 0.125])
  })

  it('forgets the failure of a key that succeeds again, and notes both in the activity of the collector', async () => {
    const uai = await anEtablissement().insert(db)
    const ctx = contextOf(depsOn(db))
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      recordFailure(
        tx,
        ctx,
        uai,
        ['backup.last_success_age', 'backup.remote_copy'],
        'essai',
        'Délai dépassé',
      ),
    )
    await record(uai, [age(5, '2026-11-15T08:00:00Z')])
    const [failures, activity] = await db.transact({ role: 'vigie_worker' }, async (tx) => [
      await tx.select().from(schema.collectionFailure).where(eq(schema.collectionFailure.uai, uai)),
      await tx.select().from(schema.collectorActivity).where(eq(schema.collectorActivity.uai, uai)),
    ])
    expect(failures?.map((row) => ('key' in row ? row.key : null))).toEqual(['backup.remote_copy'])
    expect(activity).toMatchObject([
      { collector: 'essai', lastSuccessAt: new Date('2026-11-16T09:00:00Z'), lastError: 'Délai dépassé' },
    ])
  })

  it('makes the establishment due now, and not later than it already was', async () => {
    const uai = await anEtablissement().insert(db)
    const earlier = new Date('2026-11-01T00:00:00Z')
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.insert(schema.evaluationDue).values({ uai, dueAt: earlier }),
    )
    await record(uai, [age(5, '2026-11-15T08:00:00Z')])
    const due = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.evaluationDue).where(eq(schema.evaluationDue.uai, uai)),
    )
    expect(due).toEqual([{ uai, dueAt: earlier }])
  })

  it('writes through the application’s role within its perimeter, and not outside', async () => {
    const uai = await anEtablissement().insert(db)
    const other = await anEtablissement().insert(db)
    const ctx = contextOf(depsOn(db))
    const identity = { role: 'vigie_app', perimeters: [{ kind: 'etablissement', code: uai }] } as const
    const observations = [{ uai, ...age(5, '2026-11-15T08:00:00Z') }]
    await prepareEvidence(ctx, observations)
    await db.transact(identity, (tx) => recordEvidenceOfMany(tx, ctx, observations, ORIGIN))
    const outside = [{ uai: other, ...age(5, '2026-11-15T08:00:00Z') }]
    await expect(
      db.transact(identity, (tx) => recordEvidenceOfMany(tx, ctx, outside, ORIGIN)),
    ).rejects.toThrow()
    const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx
        .select()
        .from(schema.evidence)
        .where(and(eq(schema.evidence.uai, other), eq(schema.evidence.key, 'backup.last_success_age'))),
    )
    expect(rows).toEqual([])
  })
})
