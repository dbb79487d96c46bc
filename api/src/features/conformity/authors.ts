import { schema } from '@vigie/db'
import { eq, inArray } from 'drizzle-orm'
import { ROLE_LABELS, ROLES } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import type { EtablissementRow } from '../etablissements/find-etablissement.ts'

/** Who decided: the name, and the function held over that establishment today; null once it is held no more. */
export interface Author {
  readonly name: string
  readonly function: string | null
}

/** In: accounts and an establishment. Out: who they are. Credentials are read apart, under their own role. */
export async function authorsOf(
  ctx: Context,
  place: EtablissementRow,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, Author>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { account, roleGrant } = schema
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({
        ...{ id: account.id, name: account.displayName, role: roleGrant.role },
        ...{ kind: roleGrant.perimeterKind, code: roleGrant.perimeterCode },
      })
      .from(account)
      .leftJoin(roleGrant, eq(roleGrant.accountId, account.id))
      .where(inArray(account.id, wanted)),
  )
  const codes: Readonly<Record<NonNullable<(typeof rows)[number]['kind']>, string | null>> = {
    academie: place.academie,
    departement: place.departement,
    circonscription: place.circonscription,
    bassin: place.bassin,
    collectivite: place.collectivite,
    etablissement: place.uai,
  }
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, grants]) => {
      const held = grants.flatMap(({ role, kind, code }) =>
        role && kind && codes[kind] === code ? [role] : [],
      )
      const role = ROLES.find((one) => held.includes(one))
      return [id, { name: grants[0]?.name ?? '', function: role ? ROLE_LABELS[role] : null }]
    }),
  )
}
