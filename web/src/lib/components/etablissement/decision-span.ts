import { STATUS_WORDS, type Status } from '#lib/status.ts'
import type { TimelineSpan } from './timeline.ts'

export interface Decision {
  readonly kind: TimelineSpan['kind']
  readonly at: string
  readonly expiresAt: string
  readonly verdict: Status | null
}

export const DECISION_WORDS: Readonly<Record<TimelineSpan['kind'], string>> = {
  declaration: 'Déclaration',
  arbitration: 'Arbitrage',
  derogation: 'Dérogation',
}

/** In: what people said or decided. Out: the intervals of the time axis, each with its words. */
export const spansOf = (decisions: readonly Decision[]): readonly TimelineSpan[] =>
  decisions.map(({ kind, at, expiresAt, verdict }) => ({
    kind,
    from: at,
    until: expiresAt,
    label: verdict
      ? `${DECISION_WORDS[kind]} : ${STATUS_WORDS[verdict].toLowerCase()}`
      : DECISION_WORDS[kind],
  }))
