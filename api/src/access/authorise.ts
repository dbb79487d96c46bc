import type { Identity, Perimeter } from '@vigie/db'
import { AppError } from '../errors.ts'
import type { Actor } from './actor.ts'
import { ROLE_PERMISSIONS, TOKEN_PERMISSIONS, type Permission } from './permissions.ts'

/**
 * Scope check, first line of every verb. In: the caller and what the verb asks for. Out: the identity under
 * which its transaction runs, narrowed to the perimeters on which the caller has that permission.
 * Errors: `unauthenticated`, `forbidden`.
 */
export function authorise(actor: Actor, permission: Permission): Identity {
  switch (actor.kind) {
    case 'anonymous':
      throw new AppError('unauthenticated', 'Connectez-vous pour accéder à cette page.')
    case 'system':
      return { role: 'vigie_worker' }
    case 'collector':
      if (permission !== 'evidence:write') throw refusal()
      return scoped([{ kind: 'etablissement', code: actor.uai }])
    case 'service':
      if (!TOKEN_PERMISSIONS[actor.scope].includes(permission)) throw refusal()
      return scoped([actor.perimeter])
    case 'account': {
      if (actor.pending && !(actor.pending === 'code' && permission === 'key:own')) throw unfinished()
      const roles = ROLE_PERMISSIONS[permission]
      const perimeters = actor.grants.filter((g) => roles.includes(g.role)).map((g) => g.perimeter)
      if (perimeters.length === 0) throw refusal()
      return permission === 'key:own'
        ? { role: 'vigie_app', perimeters: [], accountId: actor.id }
        : scoped(perimeters)
    }
  }
}

/** True when `authorise` would let the caller through. */
export function may(actor: Actor, permission: Permission): boolean {
  try {
    authorise(actor, permission)
    return true
  } catch {
    return false
  }
}

const scoped = (perimeters: readonly Perimeter[]): Identity => ({ role: 'vigie_app', perimeters })

const unfinished = () =>
  new AppError('forbidden', 'Votre connexion n’est pas terminée : donnez d’abord le code de votre clé.')

const refusal = () =>
  new AppError(
    'forbidden',
    'Votre compte n’a pas ce droit. Demandez-le à la direction des systèmes d’information.',
  )
