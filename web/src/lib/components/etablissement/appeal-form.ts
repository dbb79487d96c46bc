import type { TypedDecision } from '#lib/components/review/typed-decision.ts'

/** What an action of the requirement's page answered, besides declarations. */
export interface Appealed {
  readonly at: 'arbitrer' | 'contester' | 'demander-derogation' | 'retirer'
  readonly typed?: TypedDecision
  readonly detail?: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
  readonly done?: string
}

/** Days between which an expiry stands, and the one proposed. */
export interface Days {
  readonly earliest: string
  readonly usual: string
  readonly latest: string
}

const PLACES: readonly string[] = ['arbitrer', 'contester', 'demander-derogation', 'retirer']

/** In: what an action answered. Out: the answer of one of these forms; null when it is another's. */
export const appealedIn = (form: unknown): Appealed | null =>
  typeof form === 'object' && form !== null && 'at' in form && PLACES.includes(String(form.at))
    ? (form as Appealed)
    : null
