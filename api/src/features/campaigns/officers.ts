import { schema } from '@vigie/db'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Grant } from '../../access/actor.ts'
import { ROLE_PERMISSIONS } from '../../access/permissions.ts'
import type { Context } from '../../context.ts'

export interface Officer {
  readonly id: string
  readonly name: string
  readonly grants: readonly Grant[]
}

/** Active accounts that visit establishments, by name, with the grants by which they do. */
export async function officersEverywhere(ctx: Context): Promise<readonly Officer[]> {
  const { account, roleGrant } = schema
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({
        id: account.id,
        name: account.displayName,
        role: roleGrant.role,
        kind: roleGrant.perimeterKind,
        code: roleGrant.perimeterCode,
      })
      .from(account)
      .innerJoin(roleGrant, eq(roleGrant.accountId, account.id))
      .where(and(isNull(account.disabledAt), inArray(roleGrant.role, [...ROLE_PERMISSIONS['visit:work']])))
      .orderBy(asc(account.displayName), asc(account.id)),
  )
  const officers = new Map<string, { id: string; name: string; grants: Grant[] }>()
  for (const { id, name, role, kind, code } of rows) {
    const officer = officers.get(id) ?? { id, name, grants: [] }
    officer.grants.push({ role, perimeter: { kind, code } })
    officers.set(id, officer)
  }
  return [...officers.values()]
}
