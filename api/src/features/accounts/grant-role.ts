import { schema } from '@vigie/db'
import type { Grant } from '../../access/actor.ts'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { linkAccount } from '../holders/link-account.ts'
import { AUTH, checkGrant, findManaged } from './grants.ts'

/** Gives a role to an account. Out: the grant's id. Errors: `forbidden`, `not_found`, `invalid_input`, `conflict`. */
export async function grantRole(ctx: Context, accountId: string, grant: Grant): Promise<string> {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  checkGrant(grant, covered, '/perimeter/code')
  const id = ctx.random.uuid()
  const login = await write(ctx, AUTH, async (tx) => {
    const { account } = await findManaged(tx, accountId, covered, { whole: false })
    const { kind, code } = grant.perimeter
    const added = await tx
      .insert(schema.roleGrant)
      .values({ id, accountId, role: grant.role, perimeterKind: kind, perimeterCode: code })
      .onConflictDoNothing()
      .returning({ id: schema.roleGrant.id })
    if (added.length === 0) throw new AppError('conflict', 'Ce compte tient déjà ce rôle sur ce périmètre.')
    await record(tx, ctx, {
      action: 'account.role_granted',
      subject: { kind: 'account', id: accountId },
      details: { grant: `${grant.role} ${kind}:${code}` },
    })
    return account.login
  })
  await linkAccount(ctx, login)
  return id
}
