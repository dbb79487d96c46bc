import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { asGrant, AUTH, findManaged } from './grants.ts'

/** Takes a role back. An account keeps one role at least: disable it instead. Errors: `forbidden`, `not_found`, `conflict`. */
export async function revokeRole(ctx: Context, accountId: string, grantId: string): Promise<void> {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  await write(ctx, AUTH, async (tx) => {
    const { grants } = await findManaged(tx, accountId, covered, { whole: false })
    const grant = grants.find((row) => row.id === grantId)
    if (!grant || !covered.covers(asGrant(grant).perimeter)) {
      throw new AppError('not_found', 'Ce compte ne tient pas ce rôle.')
    }
    if (grants.length === 1) {
      throw new AppError('conflict', 'C’est le dernier rôle de ce compte : désactivez plutôt le compte.')
    }
    await tx.delete(schema.roleGrant).where(eq(schema.roleGrant.id, grantId))
    await record(tx, ctx, {
      action: 'account.role_revoked',
      subject: { kind: 'account', id: accountId },
      details: { grant: `${grant.role} ${grant.perimeterKind}:${grant.perimeterCode}` },
    })
  })
}
