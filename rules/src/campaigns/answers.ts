import type { DecidedVerdict } from '../verdict.ts'

/** How every decision that comes from a visit begins; « pourquoi ? » shows it as it is. */
export const ON_SITE = 'Vérifié sur place'

/** What an officer answered on site, as far as placing it goes. */
export interface GivenAnswer {
  readonly id: string
  readonly verdict: DecidedVerdict
  readonly comment: string
}

/** An answer that arrives, with the one that its author had in view when giving it. */
export interface ArrivingAnswer extends GivenAnswer {
  readonly basedOn: string | null
}

/**
 * In: the answer that stands (or none), and one that arrives. Out: `stands` when it takes its place, `conflict` when
 * someone answered otherwise meanwhile: a person then chooses.
 */
export function placeAnswer(standing: GivenAnswer | null, arriving: ArrivingAnswer): 'stands' | 'conflict' {
  if (standing === null || standing.id === arriving.basedOn) return 'stands'
  const same = standing.verdict === arriving.verdict && standing.comment === arriving.comment
  return same ? 'stands' : 'conflict'
}

/** The RSSI's decision or the evidence that the answers of a closed visit meet. Instants are epoch ms. */
export interface MetByAnswer {
  readonly verdict: DecidedVerdict
  readonly answeredAt: number
  readonly observedVerdict: DecidedVerdict | 'unknown'
  /** Newest evidence behind the observation; null when there is none. */
  readonly evidenceAt: number | null
}

/**
 * In: an answer and what is observed when its visit is closed. Out: what the decision it becomes holds as known:
 * evidence that came after the officer looked was not seen, so that it reopens the decision when it says otherwise.
 */
export function knownToAnswer({ verdict, answeredAt, observedVerdict, evidenceAt }: MetByAnswer): {
  readonly observedVerdict: DecidedVerdict | 'unknown'
  readonly evidenceAt: number | null
} {
  return evidenceAt !== null && evidenceAt > answeredAt
    ? { observedVerdict: verdict, evidenceAt: answeredAt }
    : { observedVerdict, evidenceAt }
}
