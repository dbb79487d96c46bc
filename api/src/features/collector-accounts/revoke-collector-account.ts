import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { visibleUais } from './visible-uais.ts'

const AUTH = { role: 'vigie_auth' } as const

/** The agents that use this account are refused from now on. Errors: `forbidden`, `not_found`. */
export async function revokeCollectorAccount(ctx: Context, accountId: string): Promise<void> {
  const identity = authorise(ctx.actor, 'collector:manage')
  const { collectorAccount } = schema
  const [found] = await ctx.db.transact(AUTH, (tx) =>
    tx.select().from(collectorAccount).where(eq(collectorAccount.id, accountId)),
  )
  if (!found || !(await visibleUais(ctx, identity, [found.uai])).has(found.uai)) {
    throw new AppError('not_found', 'Ce compte de collecte n’existe pas dans votre périmètre.')
  }
  if (found.revokedAt) return
  await write(ctx, AUTH, async (tx) => {
    await tx
      .update(collectorAccount)
      .set({ revokedAt: ctx.clock.now() })
      .where(eq(collectorAccount.id, accountId))
    await record(tx, ctx, {
      action: 'collector_account.revoked',
      subject: { kind: 'collector_account', id: accountId },
      uai: found.uai,
    })
  })
}
