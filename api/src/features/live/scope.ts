import type { Actor } from '../../access/actor.ts'
import { authorise, may } from '../../access/authorise.ts'
import { AppError } from '../../errors.ts'

/** Académies whose traffic is read, and those whose holders may be named. */
export interface Scope {
  readonly academies: readonly string[]
  readonly named: readonly string[]
}

/** Streams of one scope are told the same. */
export const scopeKey = ({ academies, named }: Scope): string => JSON.stringify([academies, named])

function academiesWith(actor: Actor, permission: 'supervision:read' | 'journal:read'): string[] {
  const identity = authorise(actor, permission)
  if (identity.role !== 'vigie_app') return []
  const codes = identity.perimeters.filter(({ kind }) => kind === 'academie').map(({ code }) => code)
  return [...new Set(codes)].sort()
}

/** In: who asks. Out: what it may see. Errors: those of `authorise`; `forbidden` when it holds no whole académie. */
export function scopeOf(actor: Actor): Scope {
  const academies = academiesWith(actor, 'supervision:read')
  if (academies.length === 0) {
    throw new AppError(
      'forbidden',
      'Le trafic se lit pour une académie entière, et votre compte n’en a aucune. Demandez ce droit à la DIASER.',
    )
  }
  const journal = may(actor, 'journal:read') ? academiesWith(actor, 'journal:read') : []
  return { academies, named: academies.filter((code) => journal.includes(code)) }
}
