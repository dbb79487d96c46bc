import { recordset } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { ROLE_PERMISSIONS } from '../../access/permissions.ts'
import { roleHolders, type RoleHolder } from '../../access/role-holders.ts'
import type { Context } from '../../context.ts'

export type Officer = RoleHolder

/** Active accounts that visit establishments, by name, with the grants by which they do. */
export const officersEverywhere = (ctx: Context): Promise<readonly Officer[]> =>
  roleHolders(ctx, [...ROLE_PERMISSIONS['visit:work']])

/** In: officers, and one of them. Out: the condition that her grants reach the establishment named `e`. */
export function reachedBy(officers: readonly Officer[], one: SQL): SQL {
  const grants = officers.flatMap(({ id, grants: own }) =>
    own.map(({ perimeter: { kind, code } }) => ({ officer: id, key: `${kind} ${code}` })),
  )
  return sql`exists (select 1 from ${recordset(grants, 'g(officer uuid, key text)')}
    where g.officer = ${one} and g.key in (
      'academie ' || e.academie, 'departement ' || e.departement, 'circonscription ' || e.circonscription,
      'bassin ' || e.bassin, 'collectivite ' || e.collectivite, 'etablissement ' || e.uai))`
}
