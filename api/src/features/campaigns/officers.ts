import { ROLE_PERMISSIONS } from '../../access/permissions.ts'
import { roleHolders, type RoleHolder } from '../../access/role-holders.ts'
import type { Context } from '../../context.ts'

export type Officer = RoleHolder

/** Active accounts that visit establishments, by name, with the grants by which they do. */
export const officersEverywhere = (ctx: Context): Promise<readonly Officer[]> =>
  roleHolders(ctx, [...ROLE_PERMISSIONS['visit:work']])
