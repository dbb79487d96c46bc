import { STATUS_WORDS, type Status } from '#lib/status.ts'
import type { TimelineSpan } from './timeline.ts'

export interface Decision {
  readonly kind: TimelineSpan['kind']
  readonly at: string
  readonly expiresAt: string
  readonly verdict: Status | null
  /** Null when it holds, or held until its expiry. */
  readonly state: 'pending' | 'accepted' | 'refused' | 'withdrawn' | null
}

export const DECISION_WORDS: Readonly<Record<TimelineSpan['kind'], string>> = {
  declaration: 'Déclaration',
  arbitration: 'Arbitrage',
  derogation: 'Dérogation',
  dispute: 'Contestation',
}

const STATE_WORDS: Readonly<Record<NonNullable<Decision['state']>, readonly [string, string]>> = {
  pending: ['en attente', 'en attente'],
  accepted: ['accepté', 'acceptée'],
  refused: ['refusé', 'refusée'],
  withdrawn: ['retiré', 'retirée'],
}
const SPANS_SHOWN = 12

/** In: what people said or decided. Out: its words, « Dérogation refusée », « Déclaration : conforme ». */
export function wordsOf({ kind, verdict, state }: Pick<Decision, 'kind' | 'verdict' | 'state'>): string {
  const named = state
    ? `${DECISION_WORDS[kind]} ${STATE_WORDS[state][kind === 'arbitration' ? 0 : 1]}`
    : DECISION_WORDS[kind]
  return verdict ? `${named} : ${STATUS_WORDS[verdict].toLowerCase()}` : named
}

/** In: what people said or decided, newest first. Out: the intervals of the time axis, each with its words. */
export const spansOf = (decisions: readonly Decision[]): readonly TimelineSpan[] =>
  decisions.slice(0, SPANS_SHOWN).map((decision) => ({
    kind: decision.kind,
    from: decision.at,
    until: decision.expiresAt,
    label: wordsOf(decision),
  }))
