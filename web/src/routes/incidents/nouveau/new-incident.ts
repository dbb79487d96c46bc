import { SEVERITIES } from '#lib/components/incidents/incident-words.ts'
import type { NewIncident } from '#lib/components/incidents/incident-view.ts'
import { typed } from '#lib/form-text.ts'

/** What was typed to report or to ask. */
export interface TypedIncident {
  readonly origin: string
  readonly title: string
  readonly description: string
  readonly severity: string
  readonly service: string
}

export const NOTHING_TYPED: TypedIncident = {
  origin: 'report',
  title: '',
  description: '',
  severity: 'warning',
  service: '',
}

export const NATURES = [
  { value: 'report', label: 'Quelque chose ne marche pas', meaning: 'Un signalement' },
  { value: 'request', label: 'J’ai besoin de quelque chose', meaning: 'Une demande' },
] as const

export const TROUBLES = [
  { value: 'critical', label: 'On ne peut plus travailler' },
  { value: 'warning', label: 'On travaille, avec difficulté' },
  { value: 'info', label: 'Cela peut attendre' },
] as const

/** In: the form. Out: what it must show again after a refusal. */
export const keptOf = (form: FormData): TypedIncident => ({
  origin: typed(form, 'nature') === 'request' ? 'request' : 'report',
  title: typed(form, 'titre'),
  description: typed(form, 'description'),
  severity: typed(form, 'gravite'),
  service: typed(form, 'service'),
})

/** In: the form. Out: what to send; a choice that does not exist is left to the API's own default. */
export function readNewIncident(form: FormData): NewIncident {
  const { origin, title, description, severity, service } = keptOf(form)
  const chosen = SEVERITIES.find((known) => known === severity)
  return {
    origin: origin === 'request' ? 'request' : 'report',
    uai: typed(form, 'etablissement') || null,
    title,
    description,
    ...(chosen ? { severity: chosen } : {}),
    ...(service ? { service: service as NonNullable<NewIncident['service']> } : {}),
  }
}
