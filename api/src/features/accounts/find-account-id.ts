import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { foldLogin } from '../../access/password.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { AUTH } from './grants.ts'

/** In: a login in any spelling. Out: the account's id. Errors: `forbidden`, `not_found`. For the command line. */
export async function findAccountId(ctx: Context, login: string): Promise<string> {
  authorise(ctx.actor, 'access:manage')
  const [found] = await ctx.db.transact(AUTH, (tx) =>
    tx
      .select({ id: schema.account.id })
      .from(schema.account)
      .where(eq(schema.account.login, foldLogin(login))),
  )
  if (!found) throw new AppError('not_found', `Aucun compte ne porte l’identifiant ${login}.`)
  return found.id
}
