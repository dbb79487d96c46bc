import type { DecidedVerdict, Status, StoredFigure, Verdict } from '@vigie/db/schema'
import type { Basis } from '@vigie/rules'
import { ON_SITE } from '@vigie/rules'
import type { StoredState, StoredStatus } from './stored.ts'

/** A move of the retained status, of the verdict or of what counts; `from` is null at an establishment's first evaluation. */
export interface StatusChange {
  readonly requirement: string
  readonly from: Status | null
  readonly to: Status
  readonly verdict: Verdict
  readonly reason: string
  readonly figures: readonly StoredFigure[]
  /** What counted in the score from then on, how it was reached, and under which version of the rule. */
  readonly counted: Verdict
  readonly basis: Basis
  readonly rule_version: number | null
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
  const counted = before?.counted ?? 'unknown'
  if (status === now.status && verdict === now.verdict && counted === now.counted) return null
  return {
    requirement: now.requirement,
    from: state.evaluatedBefore || before ? status : null,
    to: now.status,
    verdict: now.verdict,
    reason: reasonOf(now, state),
    figures: now.figures,
    counted: now.counted,
    basis: now.basis,
    rule_version: now.ruleVersion,
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
      return arbitratedReason(state.arbitrations.get(now.requirement)?.reason ?? '')
    case 'observed':
    case 'confirmed':
    case 'none':
      return now.reason
  }
}

/** What an officer saw on site says so by itself. */
const arbitratedReason = (reason: string): string =>
  reason.startsWith(ON_SITE) ? reason : `Arbitré par le RSSI : ${reason}`
