import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { AUTH, findManaged } from './grants.ts'

/** Closes an account and its sessions; its past stays in the journal. Errors: `forbidden`, `not_found`, `conflict`. */
export async function disableAccount(ctx: Context, accountId: string): Promise<void> {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  if (ctx.actor.kind === 'account' && ctx.actor.id === accountId) {
    throw new AppError('conflict', 'Vous ne pouvez pas désactiver votre propre compte.')
  }
  await write(ctx, AUTH, async (tx) => {
    await findManaged(tx, accountId, covered, { whole: true })
    await tx
      .update(schema.account)
      .set({ disabledAt: ctx.clock.now() })
      .where(eq(schema.account.id, accountId))
    await tx.delete(schema.session).where(eq(schema.session.accountId, accountId))
    await record(tx, ctx, { action: 'account.disabled', subject: { kind: 'account', id: accountId } })
  })
}
