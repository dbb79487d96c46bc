import { schema, type Tx } from '@vigie/db'
import type { DecidedVerdict, Verdict } from '@vigie/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { evidenceSeen, justSettled } from './before-evaluation.ts'

export const LONGEST_ARBITRATION_MONTHS = 24

/** What the RSSI settles, once checked. */
export interface Settlement {
  readonly uai: string
  readonly requirement: string
  readonly verdict: DecidedVerdict
  readonly reason: string
  readonly author: string
  readonly expiresAt: Date
  readonly batchId?: string
}

/** One RSSI at a time: two decisions on the same case never both stand. */
export const decideAlone = (tx: Tx) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('vigie.review', 0))`)

/**
 * Writes an arbitration in the caller's transaction, with what was observed then: only newer evidence that says
 * something else reopens it. Out: its id and that observation.
 */
export async function settle(
  tx: Tx,
  ctx: Context,
  settlement: Settlement,
): Promise<{ readonly id: string; readonly observedVerdict: Verdict }> {
  const { uai, requirement } = settlement
  const standing = await standingStatus(tx, uai, requirement)
  const observedVerdict = standing?.verdict ?? 'unknown'
  const id = ctx.random.uuid()
  await tx.insert(schema.arbitration).values({
    ...settlement,
    id,
    observedVerdict,
    evidenceAt: (await evidenceSeen(tx, ctx, [settlement]))({ uai, requirement }),
    decidedAt: ctx.clock.now(),
  })
  return { id, observedVerdict }
}

export const JUST_SETTLED = 'Cette contradiction vient d’être tranchée par quelqu’un d’autre.'

/** Errors: `conflict` when nothing contradicts there, or when someone has just settled it. */
export async function refuseUnlessContradicted(
  tx: Tx,
  ctx: Context,
  uai: string,
  requirement: string,
): Promise<void> {
  const standing = await standingStatus(tx, uai, requirement)
  if (!standing || (standing.status !== 'contradiction' && !standing.reopened))
    throw new AppError(
      'conflict',
      'Il n’y a rien à arbitrer ici : l’observation et la déclaration ne se contredisent pas.',
    )
  const settled = await justSettled(tx, ctx, [uai])
  if (settled.has(`${uai}.${requirement}`)) throw new AppError('conflict', JUST_SETTLED)
}

async function standingStatus(tx: Tx, uai: string, requirement: string) {
  const { requirementStatus } = schema
  const [standing] = await tx
    .select()
    .from(requirementStatus)
    .where(and(eq(requirementStatus.uai, uai), eq(requirementStatus.requirement, requirement)))
  return standing
}
