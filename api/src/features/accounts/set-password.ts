import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import { checkPassword, hashPassword } from '../../access/password.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { AUTH, findManaged } from './grants.ts'

/** Replaces the password, opens a delayed account again and closes its sessions. Errors: `forbidden`, `not_found`, `conflict`, `invalid_input`. */
export async function setPassword(ctx: Context, accountId: string, password: string): Promise<void> {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  const { account } = await ctx.db.transact(AUTH, (tx) =>
    findManaged(tx, accountId, covered, { whole: true }),
  )
  checkPassword(password, account.login)
  const passwordHash = await hashPassword(password)
  await write(ctx, AUTH, async (tx) => {
    await tx
      .update(schema.account)
      .set({ passwordHash, failedCount: 0, lockedUntil: null })
      .where(eq(schema.account.id, accountId))
    await tx.delete(schema.session).where(eq(schema.session.accountId, accountId))
    await record(tx, ctx, { action: 'account.password_set', subject: { kind: 'account', id: accountId } })
  })
}
