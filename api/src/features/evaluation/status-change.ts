import type { DecidedVerdict, Status, StoredFigure, Verdict } from '@vigie/db/schema'
import type { StoredState, StoredStatus } from './stored.ts'

/** A move of the retained status or of the verdict; `from` is null at an establishment's first evaluation. */
export interface StatusChange {
  readonly requirement: string
  readonly from: Status | null
  readonly to: Status
  readonly verdict: Verdict
  readonly reason: string
  readonly figures: readonly StoredFigure[]
}

/** A decided verdict inside a sentence. */
export const VERDICT_WORDS: Readonly<Record<DecidedVerdict, string>> = {
  compliant: 'conforme',
  partial: 'partiel',
  non_compliant: 'non conforme',
  not_applicable: 'sans objet',
}

/** In: the row before (undefined when there was none) and now. Out: the move, or null. */
export function changeOf(
  before: StoredStatus | undefined,
  now: StoredStatus,
  state: StoredState,
): StatusChange | null {
  const status = before?.status ?? 'unknown'
  const verdict = before?.verdict ?? 'unknown'
  if (status === now.status && verdict === now.verdict) return null
  return {
    requirement: now.requirement,
    from: state.evaluatedBefore || before ? status : null,
    to: now.status,
    verdict: now.verdict,
    reason: reasonOf(now, state),
    figures: now.figures,
  }
}

function reasonOf(now: StoredStatus, state: StoredState): string {
  const declared = state.declarations.get(now.requirement)?.verdict
  switch (now.basis) {
    case 'declared':
      return `Déclaré ${declared ? VERDICT_WORDS[declared] : ''} par l’établissement.`
    case 'contradiction':
      return `Déclaré ${declared ? VERDICT_WORDS[declared] : ''} par l’établissement, mais observé autrement : ${now.reason}`
    case 'arbitrated':
      return `Arbitré par le RSSI : ${state.arbitrations.get(now.requirement)?.reason ?? ''}`
    case 'observed':
    case 'confirmed':
    case 'none':
      return now.reason
  }
}
