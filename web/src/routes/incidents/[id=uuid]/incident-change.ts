import { SEVERITIES } from '#lib/components/incidents/incident-words.ts'
import type { IncidentChange } from '#lib/components/incidents/incident-view.ts'
import type { FormProblem } from '#lib/form-faults.ts'
import { typed } from '#lib/form-text.ts'
import { requirement as requirementShape } from '../../../params/requirement.ts'

const PARTIES = ['etablissement', 'collectivite', 'academie'] as const

export interface TypedChange {
  readonly severity: string
  readonly party: string
  readonly uai: string
  readonly requirement: string
}

/** In: the form that corrects an incident. Out: what it must show again after a refusal. */
export const typedChange = (form: FormData): TypedChange => ({
  severity: typed(form, 'gravite'),
  party: typed(form, 'agit'),
  uai: typed(form, 'etablissement').toUpperCase(),
  requirement: typed(form, 'exigence').toUpperCase(),
})

/** In: that form. Out: the refusal of a requirement that is not shaped like one; null when nothing is wrong. */
export function changeFaults(form: FormData): FormProblem | null {
  const { requirement } = typedChange(form)
  if (requirement === '' || requirementShape(requirement)) return null
  const detail = 'Attendu un identifiant du référentiel, comme INF-PDT-8.'
  return { detail, errors: [{ pointer: '/requirement', detail }] }
}

/** In: that form, and what stood in it when it was shown. Out: what changed, to be sent; an emptied field unlinks. */
export function readIncidentChange(form: FormData): IncidentChange {
  const { severity, party, uai, requirement } = typedChange(form)
  const chosenSeverity = SEVERITIES.find((known) => known === severity)
  const chosenParty = PARTIES.find((known) => known === party)
  const moved = (name: string, value: string) => typed(form, `${name}-avant`) !== value
  return {
    ...(chosenSeverity && moved('gravite', chosenSeverity) ? { severity: chosenSeverity } : {}),
    ...(chosenParty && moved('agit', chosenParty) ? { party: chosenParty } : {}),
    ...(moved('etablissement', uai) ? { uai: uai || null } : {}),
    ...(moved('exigence', requirement) ? { requirement: requirement || null } : {}),
  }
}
