import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import type { Actor } from '../../access/actor.ts'
import { foldLogin } from '../../access/password.ts'
import { TOKEN_SCOPES } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { createAccount } from '../accounts/create-account.ts'
import { createToken } from '../tokens/create-token.ts'
import { DEMONSTRATION_PASSWORD, planPeople, type Persona } from './people.ts'

export type AccountActor = Extract<Actor, { kind: 'account' }>

const YEAR_DAYS = 365

/** Who that login is, once its account exists; null otherwise. */
export async function actorOf(
  ctx: Context,
  { login, displayName, grants }: Persona,
): Promise<AccountActor | null> {
  const [row] = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ id: schema.account.id })
      .from(schema.account)
      .where(eq(schema.account.login, foldLogin(login))),
  )
  return row ? { kind: 'account', id: row.id, login, displayName, grants } : null
}

/** Opens the account of a person of the demonstration unless it exists. */
export async function openAccount(ctx: Context, persona: Persona): Promise<AccountActor> {
  const known = await actorOf(ctx, persona)
  if (known) return known
  const { login, displayName, grants } = persona
  const id = await createAccount(ctx, {
    login,
    displayName,
    password: DEMONSTRATION_PASSWORD,
    grants,
    demonstration: true,
  })
  return { kind: 'account', id, login, displayName, grants }
}

/** Opens one account per role and one service token per scope. Their tokens are shown to nobody. */
export async function openAccounts(ctx: Context): Promise<void> {
  for (const persona of planPeople()) await openAccount(ctx, persona)
  const held = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.select({ name: schema.apiToken.name }).from(schema.apiToken),
  )
  for (const scope of TOKEN_SCOPES) {
    const name = `Démonstration ${scope}`
    if (held.some((token) => token.name === name)) continue
    await createToken(ctx, {
      name,
      scope,
      perimeter: { kind: 'academie', code: '98' },
      expiresInDays: YEAR_DAYS,
    })
  }
}
