import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { hashSecret, mintSecret } from '../../access/secret.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'

/** Gives a session that proved a second factor a new value; the former one stops answering at once. Out: the new value. */
export async function strengthenSession(
  ctx: Context,
  accountId: string,
  token: string | null,
): Promise<string> {
  const now = ctx.clock.now()
  const renewed = mintSecret(ctx.random)
  await write(ctx, { role: 'vigie_auth' }, async (tx) => {
    const [former] = await tx
      .delete(schema.session)
      .where(
        and(eq(schema.session.tokenHash, hashSecret(token ?? '')), eq(schema.session.accountId, accountId)),
      )
      .returning()
    if (!former) throw new AppError('unauthenticated', 'La session a changé entre-temps. Reconnectez-vous.')
    await tx.insert(schema.session).values({
      ...former,
      tokenHash: hashSecret(renewed),
      strength: 'otp',
      rotatedAt: now,
      supersededAt: null,
    })
    await record(tx, ctx, { action: 'session.strengthened', subject: { kind: 'account', id: accountId } })
  })
  return renewed
}
