import { schema } from '@vigie/db'
import type { Grant } from '../../access/actor.ts'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import { checkPassword, foldLogin, hashPassword } from '../../access/password.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { linkAccount } from '../holders/link-account.ts'
import { AUTH, checkGrant } from './grants.ts'

export interface NewAccount {
  readonly login: string
  readonly displayName: string
  readonly password: string
  readonly grants: readonly Grant[]
  readonly demonstration?: boolean
}

/** In: the account and its roles. Out: its id. Errors: `forbidden`, `invalid_input`, `conflict` when the login is taken. */
export async function createAccount(ctx: Context, input: NewAccount): Promise<string> {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  input.grants.forEach((grant, index) => checkGrant(grant, covered, `/grants/${index}`))
  const login = foldLogin(input.login)
  checkPassword(input.password, login)
  const passwordHash = await hashPassword(input.password)
  const id = ctx.random.uuid()
  await write(ctx, AUTH, async (tx) => {
    const created = await tx
      .insert(schema.account)
      .values({
        id,
        login,
        displayName: input.displayName.trim(),
        passwordHash,
        demonstration: input.demonstration ?? false,
        createdAt: ctx.clock.now(),
      })
      .onConflictDoNothing()
      .returning({ id: schema.account.id })
    if (created.length === 0) throw new AppError('conflict', 'Cet identifiant est déjà pris.')
    const grants = input.grants.map(({ role, perimeter }) => ({
      id: ctx.random.uuid(),
      accountId: id,
      role,
      perimeterKind: perimeter.kind,
      perimeterCode: perimeter.code,
    }))
    if (grants.length > 0) await tx.insert(schema.roleGrant).values(grants).onConflictDoNothing()
    await record(tx, ctx, {
      action: 'account.created',
      subject: { kind: 'account', id },
      details: {
        grants: input.grants.map(({ role, perimeter }) => `${role} ${perimeter.kind}:${perimeter.code}`),
      },
    })
  })
  await linkAccount(ctx, login)
  return id
}
