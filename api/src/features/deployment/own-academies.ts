import { schema, type Identity, type Tx } from '@vigie/db'
import { AppError } from '../../errors.ts'

/** Perimeters whose keys can be counted. */
const COUNTED = new Set(['academie', 'departement', 'circonscription', 'etablissement'])

/** In: the caller's identity, in its own transaction. Out: codes of the académies where it sees something. */
export async function ownAcademies(tx: Tx, identity: Identity): Promise<readonly string[]> {
  const { etablissement } = schema
  const granted = identity.role === 'vigie_app' ? identity.perimeters : []
  if (identity.role === 'vigie_app' && !granted.some(({ kind }) => COUNTED.has(kind))) {
    throw new AppError(
      'forbidden',
      'Les clés se comptent par académie, par département ou par circonscription : votre périmètre n’en est pas.',
    )
  }
  const seen = await tx.selectDistinct({ code: etablissement.academie }).from(etablissement)
  const own = granted.filter(({ kind }) => kind === 'academie').map(({ code }) => code)
  return [...new Set([...own, ...seen.map(({ code }) => code)])].sort()
}

/** In: académies of the caller, the one asked for if any. Out: the one to tell about. Errors: `not_found`. */
export function chosenAcademie(own: readonly string[], asked: string | undefined): string {
  const chosen = asked === undefined ? own[0] : own.find((code) => code === asked)
  if (chosen === undefined) {
    throw new AppError('not_found', 'Aucune académie de votre périmètre ne porte ce code.')
  }
  return chosen
}
