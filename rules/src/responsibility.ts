import type { Degree, RequirementId } from './requirement.ts'
import { EXCEPTIONS, SERVICE_DEFAULTS } from './sharing.ts'
import { serviceOf } from './score.ts'

/** Who must act: the EPLE or école, the collectivité with its provider, or the académie. */
export type Party = 'etablissement' | 'collectivite' | 'academie'

export const PARTIES = ['etablissement', 'collectivite', 'academie'] as const satisfies readonly Party[]

/** How a screen of the establishment names each party. */
export const PARTY_LABELS: Readonly<Record<Party, string>> = {
  etablissement: 'vous',
  collectivite: 'la collectivité',
  academie: 'l’académie',
}

/** In: a requirement and a degree. Out: the party of the default sharing table. */
export function defaultPartyOf(requirement: RequirementId, degree: Degree): Party {
  const sharing = EXCEPTIONS[requirement] ?? SERVICE_DEFAULTS[serviceOf(requirement)]
  return typeof sharing === 'string' ? sharing : sharing[degree]
}

/** Like `defaultPartyOf`, unless the académie's own sharing table says otherwise. */
export const responsibleParty = (
  requirement: RequirementId,
  degree: Degree,
  overrides?: ReadonlyMap<RequirementId, Party>,
): Party => overrides?.get(requirement) ?? defaultPartyOf(requirement, degree)
