export const CAMPAIGN_STATES = ['draft', 'open', 'closed'] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]

export const CAMPAIGN_STATE_LABELS: Readonly<Record<CampaignState, string>> = {
  draft: 'En préparation',
  open: 'Ouverte',
  closed: 'Close',
}

/** `follow`: what moves its counts (answers of a visit, findings). */
export const CAMPAIGN_ACTIONS = ['change', 'remove', 'open', 'assign', 'follow', 'close'] as const
export type CampaignAction = (typeof CAMPAIGN_ACTIONS)[number]

export interface CampaignRule {
  readonly label: string
  readonly from: CampaignState
  /** State afterwards; null: unchanged. */
  readonly to: CampaignState | null
}

/** The life of a campaign, as data: what is frozen at the opening and at the closing never moves afterwards. */
export const CAMPAIGN_LIFE: Readonly<Record<CampaignAction, CampaignRule>> = {
  change: { label: 'Modifier', from: 'draft', to: null },
  remove: { label: 'Abandonner', from: 'draft', to: null },
  open: { label: 'Ouvrir', from: 'draft', to: 'open' },
  assign: { label: 'Confier', from: 'open', to: null },
  follow: { label: 'Suivre', from: 'open', to: null },
  close: { label: 'Clore', from: 'open', to: 'closed' },
}

/** Days, as `2026-11-30`. */
export interface CampaignDates {
  readonly startsOn: string
  readonly endsOn: string
}

/** In: an action and the state. Out: true when it may be done. */
export const campaignAllows = (action: CampaignAction, state: CampaignState): boolean =>
  CAMPAIGN_LIFE[action].from === state

/** In: the state and an action that it allows. Out: the state afterwards. */
export const campaignAfter = (state: CampaignState, action: CampaignAction): CampaignState =>
  campaignAllows(action, state) ? (CAMPAIGN_LIFE[action].to ?? state) : state

/** In: an open campaign and today. Out: true when its end is past: it says so, and waits for someone to close it. */
export const isCampaignOverdue = (
  { state, endsOn }: { readonly state: CampaignState; readonly endsOn: string },
  today: string,
): boolean => state === 'open' && endsOn < today

export type CampaignFault = 'ends_before_start' | 'already_over'

/** In: the dates of a draft, and today. Out: why it cannot be opened, null when it can. */
export function faultOfDates({ startsOn, endsOn }: CampaignDates, today: string): CampaignFault | null {
  if (endsOn < startsOn) return 'ends_before_start'
  return endsOn < today ? 'already_over' : null
}
