import { SEVERITIES } from '#lib/components/incidents/incident-words.ts'
import type { FormProblem } from '#lib/form-faults.ts'
import { typed } from '#lib/form-text.ts'
import type { ConnectorChange, ConnectorKind, NewConnector } from './connector-view.ts'

/** What was typed in the form of a connector; the tokens are never shown again. */
export interface TypedConnector {
  readonly name: string
  readonly url: string
  readonly severity: string
  readonly entity: string
  readonly category: string
  readonly allowHttp: boolean
  readonly resolveWithTicket: boolean
  readonly solveTicket: boolean
}

const ticked = (form: FormData, name: string): boolean => form.get(name) === 'oui'

/** In: the form. Out: what it must show again after a refusal. */
export const keptOf = (form: FormData): TypedConnector => ({
  name: typed(form, 'nom'),
  url: typed(form, 'adresse'),
  severity: typed(form, 'gravite'),
  entity: typed(form, 'entite'),
  category: typed(form, 'categorie'),
  allowHttp: ticked(form, 'http'),
  resolveWithTicket: ticked(form, 'suivre'),
  solveTicket: ticked(form, 'resoudre'),
})

/** In: the form. Out: the refusal of a number that is none, null when there is nothing wrong with them. */
export function refusedNumbers(form: FormData): FormProblem | null {
  const errors = [
    { field: 'entite', pointer: '/entity' },
    { field: 'categorie', pointer: '/category' },
  ]
    .filter(({ field }) => !/^\d{0,9}$/.test(typed(form, field)))
    .map(({ pointer }) => ({ pointer, detail: 'Attendu le numéro que GLPI affiche, en chiffres.' }))
  return errors.length === 0 ? null : { detail: 'Un numéro est incorrect.', errors }
}

/** In: a number as it was typed, checked. Out: null when nothing was. */
const numberOf = (text: string): number | null => (text === '' ? null : Number(text))

const severityOf = (text: string) => SEVERITIES.find((severity) => severity === text) ?? 'warning'

/** In: the form of a new connector. Out: what to send. */
export function readNewConnector(kind: ConnectorKind, form: FormData): NewConnector {
  const kept = keptOf(form)
  const target = {
    name: kept.name,
    url: kept.url,
    severity: severityOf(kept.severity),
    allowHttp: kept.allowHttp,
  }
  if (kind === 'webhook') return { kind, ...target }
  return {
    kind,
    ...target,
    appToken: typed(form, 'jeton-application') || null,
    userToken: typed(form, 'jeton-personnel'),
    entity: numberOf(kept.entity),
    category: numberOf(kept.category),
    resolveWithTicket: kept.resolveWithTicket,
    solveTicket: kept.solveTicket,
  }
}

/** In: the settings of a connector. Out: the change to send; an empty token leaves the one that is known. */
export function readConnectorChange(kind: ConnectorKind, form: FormData): ConnectorChange {
  const kept = keptOf(form)
  const change = {
    name: kept.name,
    url: kept.url,
    severity: severityOf(kept.severity),
    allowHttp: kept.allowHttp,
  }
  if (kind === 'webhook') return change
  const appToken = typed(form, 'jeton-application')
  const userToken = typed(form, 'jeton-personnel')
  return {
    ...change,
    ...(appToken ? { appToken } : {}),
    ...(userToken ? { userToken } : {}),
    entity: numberOf(kept.entity),
    category: numberOf(kept.category),
    resolveWithTicket: kept.resolveWithTicket,
    solveTicket: kept.solveTicket,
  }
}
