import type { Identity, Perimeter } from '@vigie/db'
import type { Permission } from '../../access/permissions.ts'
import type { Actor } from '../../access/actor.ts'
import { authorise, may } from '../../access/authorise.ts'

/**
 * Scope check of an act that several roles may do: the caller needs one of the permissions, and sees the perimeters of
 * all those he has. Errors: `unauthenticated`, `forbidden`.
 */
export function authoriseAny(actor: Actor, permissions: readonly [Permission, ...Permission[]]): Identity {
  const held = permissions.filter((permission) => may(actor, permission))
  if (held.length === 0) return authorise(actor, permissions[0])
  const perimeters: Perimeter[] = []
  for (const permission of held) {
    const identity = authorise(actor, permission)
    if (identity.role !== 'vigie_app') return identity
    perimeters.push(...identity.perimeters)
  }
  return { role: 'vigie_app', perimeters }
}

/** Whoever may change a key that is not his own. */
export const authoriseKeyAct = (actor: Actor): Identity =>
  authoriseAny(actor, ['key:manage', 'key:hand_over', 'key:assist'])
