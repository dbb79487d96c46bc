import type { Grant } from '@vigie/api/access'
import type { Deps } from '@vigie/api/context'
import { createAccount } from '@vigie/api/features/accounts/create-account.ts'
import { createToken } from '@vigie/api/features/tokens/create-token.ts'
import type { Perimeter } from '@vigie/db'
import type { TokenScope } from '@vigie/db/schema'
import { contextOf } from './deps.ts'

/** Opens an account by the product's own verb, as the command line would. Out: its id. */
export const openAccount = (
  deps: Deps,
  account: { login: string; password: string; grants: readonly Grant[] },
): Promise<string> => createAccount(contextOf(deps), { displayName: 'Compte des essais', ...account })

/** Mints a service account's token. */
export async function openToken(deps: Deps, scope: TokenScope, perimeter: Perimeter): Promise<string> {
  const made = await createToken(contextOf(deps), {
    name: 'Jeton des essais',
    scope,
    perimeter,
    expiresInDays: 30,
  })
  return made.token
}
