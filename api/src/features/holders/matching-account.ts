import { schema } from '@vigie/db'
import type { Perimeter } from '@vigie/db'
import { and, eq, isNull } from 'drizzle-orm'
import type { Deps } from '../../context.ts'
import type { HolderPlace } from './holder-place.ts'

const { account, roleGrant } = schema

/** True when a role held there is within reach of that holder: the same login elsewhere is another person. */
function reaches({ kind, code }: Perimeter, place: HolderPlace, communeCode: string | null): boolean {
  switch (kind) {
    case 'academie':
      return code === place.academie
    case 'departement':
      return code === place.departement
    case 'circonscription':
      return code === place.circonscription
    case 'etablissement':
      return code === place.uai
    case 'collectivite':
      return communeCode !== null && code === `commune:${communeCode}`
    case 'bassin':
      return false
  }
}

/** In: a folded login and where its holder stands. Out: the account of that person, null when there is none. */
export async function matchingAccount(
  deps: Deps,
  login: string,
  place: HolderPlace,
  communeCode: string | null,
): Promise<string | null> {
  const rows = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ id: account.id, kind: roleGrant.perimeterKind, code: roleGrant.perimeterCode })
      .from(account)
      .innerJoin(roleGrant, eq(roleGrant.accountId, account.id))
      .where(and(eq(account.login, login), isNull(account.disabledAt))),
  )
  return rows.find((row) => reaches(row, place, communeCode))?.id ?? null
}
