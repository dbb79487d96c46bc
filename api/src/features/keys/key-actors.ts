import type { Perimeter } from '@vigie/db'
import { managerOf, superiorOf, type HolderFunction, type KeyActor } from '@vigie/rules'
import { COMMAND_LINE, type Actor, type Grant } from '../../access/actor.ts'

/** Where a key or a holder stands. */
export interface Place {
  readonly academie: string
  readonly departement: string | null
  readonly circonscription: string | null
  readonly uai: string | null
}

export interface ConcernedHolder extends Place {
  readonly holderFunction: HolderFunction
  readonly accountId: string | null
}

const covers = ({ kind, code }: Perimeter, place: Place): boolean => {
  switch (kind) {
    case 'academie':
      return place.academie === code
    case 'departement':
      return place.departement === code
    case 'circonscription':
      return place.circonscription === code
    case 'etablissement':
      return place.uai === code
    default:
      return false
  }
}

function actorOf({ role, perimeter }: Grant, key: Place, holder: ConcernedHolder | null): KeyActor[] {
  if (!covers(perimeter, holder ?? key)) return []
  if (role === 'assistance') return ['assistance']
  if (!holder) return role === 'osp' || role === 'diaser' ? ['manager'] : []
  return [
    ...(role === managerOf(holder.holderFunction) ? (['manager'] as const) : []),
    ...(role === superiorOf(holder.holderFunction) ? (['superior'] as const) : []),
  ]
}

/**
 * In: who calls, a key's place, and its holder if it has one. Out: what the caller is to that key, from the roles held
 * on perimeters that cover the holder, or the key while nobody holds it. On one's own key one is its holder and nothing
 * else, whatever one's roles. The command line manages every key.
 */
export function keyActors(actor: Actor, key: Place, holder: ConcernedHolder | null): readonly KeyActor[] {
  if (actor.kind === 'system') return actor.id === COMMAND_LINE ? ['system', 'manager'] : ['system']
  if (actor.kind !== 'account') return []
  if (holder !== null && holder.accountId === actor.id) return ['holder']
  return [...new Set(actor.grants.flatMap((grant) => actorOf(grant, key, holder)))]
}
