import type { Identity } from '@vigie/db'
import { academieOf, departementOf, departementsOf, type Departement } from '@vigie/rules'
import { AppError } from '../../errors.ts'

/** Price of a key when its file gives none: euro cents, taxes included (Montpellier 2008). */
export const DEFAULT_UNIT_PRICE_CENTS = 817

/** Today in UTC, `YYYY-MM-DD`. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

const hidden = (what: string) => new AppError('not_found', `${what} n’existe pas dans votre périmètre.`)

/** In: the caller's identity, a code. Out: the académie whose stock the caller keeps. Errors: `not_found`. */
export function keptAcademie(identity: Identity, code: string): string {
  const academie = code === '' ? undefined : academieOf(code)?.code
  const kept =
    identity.role !== 'vigie_app' ||
    identity.perimeters.some((perimeter) => perimeter.kind === 'academie' && perimeter.code === academie)
  if (academie === undefined || !kept) throw hidden('Cette académie')
  return academie
}

/** In: a code. Out: the département, of an académie whose stock the caller keeps. Errors: `not_found`. */
export function keptDepartement(identity: Identity, code: string): Departement {
  const departement = departementOf(code)
  if (!departement) throw hidden('Ce département')
  try {
    keptAcademie(identity, departement.academie)
  } catch {
    throw hidden('Ce département')
  }
  return departement
}

/** Départements that the caller sees in an académie, in the order of their codes. */
export function seenDepartements(identity: Identity, academie: string): readonly Departement[] {
  const all = departementsOf(academie)
  if (seesWhole(identity, academie)) return all
  if (identity.role !== 'vigie_app') return []
  return all.filter(({ code }) =>
    identity.perimeters.some((perimeter) => perimeter.kind === 'departement' && perimeter.code === code),
  )
}

/** True when the caller sees the académie's own stock. */
export const seesWhole = (identity: Identity, academie: string): boolean =>
  identity.role === 'vigie_worker' ||
  (identity.role === 'vigie_app' &&
    identity.perimeters.some(({ kind, code }) => kind === 'academie' && code === academie))

/** Académies in which the caller sees some stock. */
export function seenAcademies(identity: Identity): readonly string[] {
  if (identity.role !== 'vigie_app') return []
  const codes = identity.perimeters.map(({ kind, code }) =>
    kind === 'academie' ? code : kind === 'departement' ? departementOf(code)?.academie : undefined,
  )
  return [...new Set(codes.filter((code) => code !== undefined))]
}
