import { schema, type Tx } from '@vigie/db'
import { and, eq, gt, isNull, ne } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone } from '../arbitrations/settle.ts'
import { personOf } from '../declarations/target.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { etablissementsOf } from './resolve-cases.ts'
import type { Undone } from './schema.ts'
import { addressesOf, tellUndone, type Addresses } from './tell-decision.ts'

const { arbitration, derogation, dispute, reviewBatch } = schema
const WORKER = { role: 'vigie_worker' } as const

interface Taken {
  readonly id: string
  readonly uai: string
  readonly requirement: string
  /** Somebody had asked, and learns that her request waits again. */
  readonly told: boolean
}
type Kept = Undone['kept'][number]
type Outcome = { readonly taken: Taken[]; readonly kept: Kept[] }

/**
 * Takes back every decision of a batch that nothing newer has replaced, and says which ones stay and why. What was asked
 * waits again, and its author is told. Errors: `forbidden`, `not_found`, `conflict` when it was undone already.
 */
export async function undoBatch(ctx: Context, { id }: { id: string }): Promise<Undone> {
  const identity = authorise(ctx.actor, 'arbitration:write')
  const undoneBy = personOf(ctx)
  const undoneAt = ctx.clock.now()
  const addresses = await addressesOfBatch(ctx, id)
  const { taken, kept } = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    await findBatch(tx, id)
    const parts = [
      await undoDisputes(tx, id),
      await undoDerogations(tx, id),
      await undoArbitrations(tx, id, { withdrawnAt: undoneAt, withdrawnBy: undoneBy }),
    ]
    const outcome = mergeOutcomes(parts)
    await tx.update(reviewBatch).set({ undoneAt, undoneBy }).where(eq(reviewBatch.id, id))
    await tellAll(tx, ctx, outcome.taken, addresses)
    await markDue(tx, uaisOf(outcome.taken), undoneAt)
    await record(tx, ctx, {
      action: 'review.undo',
      subject: { kind: 'review_batch', id },
      details: {
        undone: outcome.taken.map(({ uai, requirement }) => `${uai} ${requirement}`),
        kept: outcome.kept.length,
      },
    })
    return outcome
  })
  await evaluateEtablissements(ctx, uaisOf(taken))
  return { undone: new Set(taken.map(keyOf)).size, kept }
}

const keyOf = ({ uai, requirement }: { uai: string; requirement: string }) => `${uai} ${requirement}`
const uaisOf = (rows: readonly Taken[]): string[] => [...new Set(rows.map(({ uai }) => uai))]

/** A case that any part keeps is kept once. */
function mergeOutcomes(parts: readonly Outcome[]): Outcome {
  const kept = new Map(parts.flatMap((part) => part.kept).map((row) => [keyOf(row), row]))
  return { taken: parts.flatMap((part) => part.taken), kept: [...kept.values()] }
}

async function findBatch(tx: Tx, id: string): Promise<void> {
  const [batch] = await tx.select().from(reviewBatch).where(eq(reviewBatch.id, id))
  if (!batch) throw new AppError('not_found', 'Ce lot de décisions n’existe pas.')
  if (batch.undoneAt) throw new AppError('conflict', 'Ces décisions ont déjà été annulées.')
}

/** An accepted dispute goes with its arbitration: both are taken back, or neither. */
async function undoDisputes(tx: Tx, id: string): Promise<Outcome> {
  const taken: Taken[] = []
  const kept: Kept[] = []
  for (const row of await tx.select().from(dispute).where(eq(dispute.batchId, id))) {
    const { uai, requirement } = row
    const newer = await tx
      .select({ id: dispute.id })
      .from(dispute)
      .where(
        and(eq(dispute.uai, uai), eq(dispute.requirement, requirement), gt(dispute.openedAt, row.openedAt)),
      )
    const replaced = row.arbitrationId !== null && (await isReplaced(tx, row.arbitrationId))
    if (newer.length > 0 || replaced) {
      kept.push({ uai, requirement, why: replaced ? REPLACED : 'Une contestation plus récente existe.' })
      continue
    }
    await tx
      .update(dispute)
      .set({
        ...{ decision: null, decisionReason: null, decidedAt: null, decidedBy: null },
        ...{ arbitrationId: null, batchId: null },
      })
      .where(eq(dispute.id, row.id))
    taken.push({ id: row.id, uai, requirement, told: true })
  }
  return { taken, kept }
}

async function undoDerogations(tx: Tx, id: string): Promise<Outcome> {
  const taken: Taken[] = []
  const kept: Kept[] = []
  for (const row of await tx.select().from(derogation).where(eq(derogation.batchId, id))) {
    const { uai, requirement } = row
    const newer = await tx
      .select({ id: derogation.id })
      .from(derogation)
      .where(
        and(
          eq(derogation.uai, uai),
          eq(derogation.requirement, requirement),
          ne(derogation.id, row.id),
          gt(derogation.requestedAt, row.requestedAt),
        ),
      )
    if (newer.length > 0 || row.withdrawnAt) {
      const why = row.withdrawnAt ? 'Elle a été retirée depuis.' : 'Une demande plus récente existe.'
      kept.push({ uai, requirement, why })
      continue
    }
    await tx
      .update(derogation)
      .set({
        ...{ approvedAt: null, approvedBy: null, refusedAt: null, refusedBy: null, refusalReason: null },
        ...{ batchId: null, expiresAt: row.requestedUntil ?? row.expiresAt },
      })
      .where(eq(derogation.id, row.id))
    taken.push({ id: row.id, uai, requirement, told: true })
  }
  return { taken, kept }
}

const REPLACED = 'Un arbitrage plus récent l’a remplacé.'

async function undoArbitrations(
  tx: Tx,
  id: string,
  withdrawal: { readonly withdrawnAt: Date; readonly withdrawnBy: string },
): Promise<Outcome> {
  const taken: Taken[] = []
  const kept: Kept[] = []
  const standing = await tx.select().from(arbitration).where(eq(arbitration.batchId, id))
  for (const row of standing) {
    const { uai, requirement } = row
    if (row.withdrawnAt || (await isReplaced(tx, row.id)) || (await backsDispute(tx, row.id))) {
      kept.push({ uai, requirement, why: row.withdrawnAt ? 'Il a été retiré depuis.' : REPLACED })
      continue
    }
    await tx.update(arbitration).set(withdrawal).where(eq(arbitration.id, row.id))
    taken.push({ id: row.id, uai, requirement, told: false })
  }
  return { taken, kept }
}

/** A dispute that could not be taken back keeps its arbitration. */
async function backsDispute(tx: Tx, arbitrationId: string): Promise<boolean> {
  const held = await tx
    .select({ id: dispute.id })
    .from(dispute)
    .where(eq(dispute.arbitrationId, arbitrationId))
  return held.length > 0
}

async function isReplaced(tx: Tx, arbitrationId: string): Promise<boolean> {
  const [row] = await tx.select().from(arbitration).where(eq(arbitration.id, arbitrationId))
  if (!row) return false
  const newer = await tx
    .select({ id: arbitration.id })
    .from(arbitration)
    .where(
      and(
        eq(arbitration.uai, row.uai),
        eq(arbitration.requirement, row.requirement),
        isNull(arbitration.withdrawnAt),
        gt(arbitration.decidedAt, row.decidedAt),
      ),
    )
  return newer.length > 0
}

async function tellAll(tx: Tx, ctx: Context, taken: readonly Taken[], addresses: Addresses): Promise<void> {
  const told = taken.filter((row) => row.told)
  const etablissements = await etablissementsOf(
    tx,
    told.map(({ uai }) => uai),
  )
  for (const row of told) {
    const etablissement = etablissements.get(row.uai)
    if (etablissement) await tellUndone(tx, ctx, etablissement, row, addresses)
  }
}

async function addressesOfBatch(ctx: Context, id: string): Promise<Addresses> {
  const { derogations, disputes } = await ctx.db.transact(WORKER, async (tx) => ({
    derogations: await tx.select({ id: derogation.id }).from(derogation).where(eq(derogation.batchId, id)),
    disputes: await tx.select({ id: dispute.id }).from(dispute).where(eq(dispute.batchId, id)),
  }))
  return addressesOf(ctx, {
    derogations: derogations.map((row) => row.id),
    disputes: disputes.map((row) => row.id),
  })
}
