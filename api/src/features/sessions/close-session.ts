import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { hashSecret } from '../../access/secret.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'

/** Sign-out: the cookie's value, its predecessors and its successors stop answering. Errors: `unauthenticated`, `forbidden`. */
export async function closeSession(ctx: Context, token: string | null): Promise<void> {
  const { actor } = ctx
  if (actor.kind === 'service' || actor.kind === 'collector') {
    throw new AppError('forbidden', 'Un compte de service n’a pas de session.')
  }
  if (actor.kind !== 'account' || token === null) {
    throw new AppError('unauthenticated', 'Aucune session n’est ouverte.')
  }
  await write(ctx, { role: 'vigie_auth' }, async (tx) => {
    const [session] = await tx
      .select({ createdAt: schema.session.createdAt })
      .from(schema.session)
      .where(eq(schema.session.tokenHash, hashSecret(token)))
    if (session) {
      await tx
        .delete(schema.session)
        .where(and(eq(schema.session.accountId, actor.id), eq(schema.session.createdAt, session.createdAt)))
    }
    await record(tx, ctx, { action: 'session.closed', subject: { kind: 'account', id: actor.id } })
  })
}
