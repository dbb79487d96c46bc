import { schema } from '@vigie/db'
import { and, inArray, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { personOf } from '../declarations/target.ts'
import { etablissementsOf } from './resolve-cases.ts'
import type { RemindersInput } from './schema.ts'
import { addressesOf, tellExpiry } from './tell-decision.ts'

const { declaration } = schema

/**
 * Asks the authors of these declarations to renew them, by mail. Out: how many were written to, and how many have no
 * address. Errors: `forbidden`, `not_found` when none of them is in the perimeter.
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
      .where(and(inArray(declaration.id, [...new Set(declarations)]), isNull(declaration.withdrawnAt)))
    if (rows.length === 0)
      throw new AppError('not_found', 'Aucune de ces déclarations n’est en cours dans votre périmètre.')
    const etablissements = await etablissementsOf(
      tx,
      rows.map(({ uai }) => uai),
    )
    const reached = rows.filter(({ id }) => addresses.has(id))
    for (const row of reached) {
      const etablissement = etablissements.get(row.uai)
      if (etablissement) await tellExpiry(tx, ctx, etablissement, row, addresses)
    }
    const ids = reached.map(({ id }) => id)
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
