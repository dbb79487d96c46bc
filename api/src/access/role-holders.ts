import { schema } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Context } from '../context.ts'
import type { Grant } from './actor.ts'

export interface RoleHolder {
  readonly id: string
  readonly name: string
  readonly grants: readonly Grant[]
}

/** Active accounts of the whole server that hold one of the roles, by name, with the grants by which they do. */
export async function roleHolders(ctx: Pick<Context, 'db'>, roles: readonly Role[]): Promise<RoleHolder[]> {
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
      .where(and(isNull(account.disabledAt), inArray(roleGrant.role, [...roles])))
      .orderBy(asc(account.displayName), asc(account.id)),
  )
  const holders = new Map<string, { id: string; name: string; grants: Grant[] }>()
  for (const { id, name, role, kind, code } of rows) {
    const holder = holders.get(id) ?? { id, name, grants: [] }
    holder.grants.push({ role, perimeter: { kind, code } })
    holders.set(id, holder)
  }
  return [...holders.values()]
}
