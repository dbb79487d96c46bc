import type { IncidentParty, Role } from '@vigie/db/schema'
import { PARTY_ROLES } from '@vigie/rules'
import type { Grant } from '../../../access/actor.ts'
import { roleHolders } from '../../../access/role-holders.ts'
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
  const holders = await roleHolders(ctx, [...PARTY_ROLES[party]] as Role[])
  return holders.flatMap(({ id, name, grants }) => {
    const grant = grants.find(({ perimeter }) => covers(perimeter, place))
    return grant ? [{ id, name, grant }] : []
  })
}
