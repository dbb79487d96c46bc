import { schema } from '@vigie/db'
import type { IncidentParty } from '@vigie/db/schema'
import { PARTY_ROLES } from '@vigie/rules'
import { asc, eq, inArray, isNull, and } from 'drizzle-orm'
import type { Grant } from '../../../access/actor.ts'
import type { Role } from '@vigie/db/schema'
import type { Context } from '../../../context.ts'
import { covers, type IncidentPlace } from './incident-place.ts'

export interface Assignee {
  readonly id: string
  readonly name: string
  readonly grant: Grant
}

/** Active accounts that act for the party at the place, one line each, by name. */
export async function assigneesAt(
  ctx: Context,
  party: IncidentParty,
  place: IncidentPlace,
): Promise<readonly Assignee[]> {
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
      .where(and(isNull(account.disabledAt), inArray(roleGrant.role, [...PARTY_ROLES[party]] as Role[])))
      .orderBy(asc(account.displayName), asc(account.id)),
  )
  const found = new Map<string, Assignee>()
  for (const { id, name, role, kind, code } of rows) {
    const grant: Grant = { role, perimeter: { kind, code } }
    if (!found.has(id) && covers(grant.perimeter, place)) found.set(id, { id, name, grant })
  }
  return [...found.values()]
}
