import { schema, type Tx } from '@vigie/db'
import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { recordEvidence } from '../evidence/record-evidence.ts'

const DAY_MS = 86_400_000

/** Origin of the age of the newest restore test. */
export const RESTORE_ORIGIN = {
  source: 'Tests de restauration enregistrés dans Vigie',
  collector: 'restaurations',
} as const

/** Newest success of an establishment, or null. */
export async function newestSuccess(tx: Tx, uai: string): Promise<Date | null> {
  const { restoreTest } = schema
  const [row] = await tx
    .select({ at: restoreTest.performedAt })
    .from(restoreTest)
    .where(and(eq(restoreTest.uai, uai), eq(restoreTest.result, 'success')))
    .orderBy(desc(restoreTest.performedAt))
    .limit(1)
  return row?.at ?? null
}

/** Age in days, to a hundredth. */
export const ageInDays = (performedAt: Date, at: Date): number =>
  Number(((at.getTime() - performedAt.getTime()) / DAY_MS).toFixed(2))

/** Records how old the newest success is, in the caller's transaction, after `prepareEvidence`. */
export async function keepRestoreAge(tx: Tx, ctx: Context, uai: string): Promise<void> {
  const at = ctx.clock.now()
  const newest = await newestSuccess(tx, uai)
  if (!newest) return
  const value = Math.max(0, ageInDays(newest, at))
  await recordEvidence(
    tx,
    ctx,
    uai,
    [{ key: 'backup.restore_test_age', value, observedAt: at }],
    RESTORE_ORIGIN,
  )
}
