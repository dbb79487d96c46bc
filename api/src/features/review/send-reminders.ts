import { schema } from '@vigie/db'
import { and, inArray, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { personOf } from '../declarations/target.ts'
import { waitingCases } from './queue.ts'
import { etablissementsOf } from './resolve-cases.ts'
import type { RemindersInput } from './schema.ts'
import { addressesOf, tellExpiry } from './tell-decision.ts'

const { declaration } = schema

/** A form sent twice reminds once. */
const AGAIN_MS = 3_600_000

const isWaiting = (ctx: Context) =>
  sql`${declaration.id}::text in (select w."case" from (${waitingCases(ctx, {}, 'expiring')}) w)`

/**
 * Asks the authors of these declarations to renew them, by mail. Out: how many were written to, and how many have no
 * address. Errors: `forbidden`, `not_found` when none of them waits in the queue.
 */
export async function sendReminders(
  ctx: Context,
  { declarations }: RemindersInput,
): Promise<{ reminded: number; withoutAddress: number }> {
  const identity = authorise(ctx.actor, 'arbitration:write')
  personOf(ctx)
  const addresses = await addressesOf(ctx, { declarations })
  return write(ctx, identity, async (tx) => {
    const rows = await tx
      .select()
      .from(declaration)
      .where(and(inArray(declaration.id, [...new Set(declarations)]), isWaiting(ctx)))
    if (rows.length === 0)
      throw new AppError(
        'not_found',
        'Aucune de ces déclarations n’est à renouveler dans votre périmètre : rechargez la file.',
      )
    const etablissements = await etablissementsOf(
      tx,
      rows.map(({ uai }) => uai),
    )
    const reached = rows.filter(({ id }) => addresses.has(id))
    const since = ctx.clock.now().getTime() - AGAIN_MS
    const told = reached.filter(({ remindedAt }) => remindedAt === null || remindedAt.getTime() < since)
    for (const row of told) {
      const etablissement = etablissements.get(row.uai)
      if (etablissement) await tellExpiry(tx, ctx, etablissement, row, addresses)
    }
    const ids = told.map(({ id }) => id)
    if (ids.length > 0)
      await tx.update(declaration).set({ remindedAt: ctx.clock.now() }).where(inArray(declaration.id, ids))
    const counts = { reminded: reached.length, withoutAddress: rows.length - reached.length }
    await record(tx, ctx, {
      action: 'review.remind',
      subject: { kind: 'lot', id: ctx.clock.now().toISOString() },
      details: counts,
    })
    return counts
  })
}
