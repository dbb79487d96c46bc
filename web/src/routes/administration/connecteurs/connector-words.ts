import type { ConnectorKind, Delivery } from './connector-view.ts'

export const KINDS: readonly {
  readonly kind: ConnectorKind
  readonly label: string
  readonly meaning: string
}[] = [
  {
    kind: 'glpi',
    label: 'GLPI',
    meaning:
      'Chaque incident ouvre un ticket dans GLPI, et Vigie le suit : son état se lit ici, sa clôture peut résoudre l’incident.',
  },
  {
    kind: 'webhook',
    label: 'Autre système, par webhook',
    meaning:
      'Chaque étape d’un incident est envoyée, signée, à l’adresse de votre choix : outil de tickets, messagerie d’équipe, automate.',
  },
]

/** In: the state of a delivery. Out: the sign that shows it. */
export const signOf = (state: Delivery['state']) =>
  ({ waiting: 'derogation', sent: 'compliant', given_up: 'non_compliant' })[state]

export const DELIVERY_STATES = ['waiting', 'sent', 'given_up'] as const satisfies readonly Delivery['state'][]

export const DELIVERY_FILTERS: readonly { readonly state: Delivery['state']; readonly label: string }[] = [
  { state: 'waiting', label: 'En attente' },
  { state: 'sent', label: 'Transmis' },
  { state: 'given_up', label: 'Abandonnés' },
]
