import type { IncidentState } from './incident.ts'
import type { Party } from '../responsibility.ts'

export const INCIDENT_ACTIONS = ['acknowledge', 'assign', 'comment', 'change', 'resolve', 'reopen'] as const
export type IncidentAction = (typeof INCIDENT_ACTIONS)[number]

/**
 * What a caller is to an incident: `desk`, who handles every incident of the place (académie, assistance); `handler`, of
 * the party that must act; `concerned`, anyone else of the place.
 */
export type IncidentActor = 'desk' | 'handler' | 'concerned'

export interface IncidentRule {
  readonly label: string
  readonly from: readonly IncidentState[]
  /** State afterwards; null: unchanged. */
  readonly to: IncidentState | null
  readonly by: readonly IncidentActor[]
  /** The words of who acts are asked for. */
  readonly comment: boolean
}

const ANYONE: readonly IncidentActor[] = ['desk', 'handler', 'concerned']
const IN_CHARGE: readonly IncidentActor[] = ['desk', 'handler']
const ONGOING: readonly IncidentState[] = ['open', 'acknowledged']

/** The life of an incident, as data. The end of an alert resolves its incident without anyone. */
export const INCIDENT_LIFE: Readonly<Record<IncidentAction, IncidentRule>> = {
  acknowledge: {
    label: 'Prendre en compte',
    from: ['open'],
    to: 'acknowledged',
    by: ANYONE,
    comment: false,
  },
  assign: { label: 'Confier à une personne', from: ONGOING, to: null, by: IN_CHARGE, comment: false },
  comment: {
    label: 'Commenter',
    from: ['open', 'acknowledged', 'resolved'],
    to: null,
    by: ANYONE,
    comment: true,
  },
  change: { label: 'Corriger', from: ONGOING, to: null, by: IN_CHARGE, comment: false },
  resolve: { label: 'Résoudre', from: ONGOING, to: 'resolved', by: ANYONE, comment: true },
  reopen: { label: 'Rouvrir', from: ['resolved'], to: 'open', by: ANYONE, comment: true },
}

/** Why an action is refused: who asks may never do it here, or the state has moved. */
export type IncidentRefusal = 'actor' | 'state'

/** In: an action, what the caller is to the incident, its state. Out: null when it may be done. */
export function refusalOfIncidentAction(
  action: IncidentAction,
  actors: readonly IncidentActor[],
  state: IncidentState,
): IncidentRefusal | null {
  const rule = INCIDENT_LIFE[action]
  if (!rule.by.some((actor) => actors.includes(actor))) return 'actor'
  return rule.from.includes(state) ? null : 'state'
}

/** Actions possible now, in the order in which a screen offers them. */
export const allowedIncidentActions = (
  actors: readonly IncidentActor[],
  state: IncidentState,
): readonly IncidentAction[] =>
  INCIDENT_ACTIONS.filter((action) => refusalOfIncidentAction(action, actors, state) === null)

/** Roles that act for each party. */
export const PARTY_ROLES: Readonly<Record<Party, readonly string[]>> = {
  academie: ['rssi', 'diaser', 'osp', 'ien', 'assistance'],
  collectivite: ['collectivite'],
  etablissement: ['chef_etablissement', 'directeur_ecole', 'referent'],
}

/** In: the roles held where the incident is, and the party that must act. Out: what the caller is to it. */
export function incidentActors(roles: readonly string[], party: Party): readonly IncidentActor[] {
  const acting = (of: Party) => roles.some((role) => PARTY_ROLES[of].includes(role))
  const anywhere = (Object.keys(PARTY_ROLES) as Party[]).some(acting)
  return [
    ...(acting('academie') ? (['desk'] as const) : []),
    ...(acting(party) ? (['handler'] as const) : []),
    ...(anywhere ? (['concerned'] as const) : []),
  ]
}
