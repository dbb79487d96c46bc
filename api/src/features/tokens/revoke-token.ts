import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'

/** The token stops answering at once. Errors: `forbidden`, `not_found`. */
export async function revokeToken(ctx: Context, tokenId: string): Promise<void> {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  const { apiToken } = schema
  await write(ctx, { role: 'vigie_auth' }, async (tx) => {
    const [token] = await tx.select().from(apiToken).where(eq(apiToken.id, tokenId))
    if (!token || !covered.covers({ kind: token.perimeterKind, code: token.perimeterCode })) {
      throw new AppError('not_found', 'Ce jeton n’existe pas dans votre périmètre.')
    }
    if (token.revokedAt) return
    await tx.update(apiToken).set({ revokedAt: ctx.clock.now() }).where(eq(apiToken.id, tokenId))
    await record(tx, ctx, { action: 'token.revoked', subject: { kind: 'token', id: tokenId } })
  })
}
