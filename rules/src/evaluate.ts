import { REQUIREMENTS } from './catalogue/index.ts'
import type { Check, CheckInput } from './check.ts'
import { checkFor } from './checks/index.ts'
import { definitionOf, expiryOf } from './evidence.ts'
import type { Evidence, EvidenceKey, EvidenceValue } from './evidence.ts'
import type { RequirementId } from './requirement.ts'
import { contradictoryFigures, missingEvidence, MANUAL_REASON } from './unknown.ts'
import type { ObservedVerdict } from './verdict.ts'

/** What is known of one establishment: its latest evidence per key, and the keys whose latest collection failed. */
export interface Observation {
  readonly evidence: ReadonlyMap<EvidenceKey, Evidence>
  readonly failedKeys: ReadonlySet<EvidenceKey>
}

export interface Evaluated {
  readonly requirement: RequirementId
  readonly observed: ObservedVerdict
  /** Keys that the check reads; empty when the requirement has no check. */
  readonly usedKeys: readonly EvidenceKey[]
  /** Instant (epoch ms) of the newest evidence used; null when nothing was decided. */
  readonly evidenceAt: number | null
  /** Instant (epoch ms) from which the verdict will be stale; null when nothing was decided. */
  readonly staleAt: number | null
}

const DEFAULT_TIME_ZONE = 'Europe/Paris'

const manual = (requirement: RequirementId): Evaluated => ({
  requirement,
  observed: { verdict: 'unknown', unknownReason: 'never_observed', reason: MANUAL_REASON, figures: [] },
  usedKeys: [],
  evidenceAt: null,
  staleAt: null,
})

const undecided = (check: Check, observed: ObservedVerdict): Evaluated => ({
  requirement: check.requirement,
  observed,
  usedKeys: check.needs,
  evidenceAt: null,
  staleAt: null,
})

const exceedsWhole = (
  check: Check,
  values: Readonly<Partial<Record<EvidenceKey, EvidenceValue>>>,
): readonly [EvidenceKey, EvidenceKey] | undefined =>
  check.bounded?.find(([part, whole]) => Number(values[part]) > Number(values[whole]))

function runCheck(check: Check, observation: Observation, at: number, timeZone: string): Evaluated {
  const values: Partial<Record<EvidenceKey, EvidenceValue>> = {}
  let evidenceAt = -Infinity
  let staleAt = Infinity
  for (const key of check.needs) {
    const evidence = observation.evidence.get(key)
    if (evidence === undefined || evidence.observedAt > at)
      return undecided(check, missingEvidence(check.needs, observation, at, timeZone))
    const expiry = expiryOf(key, evidence.observedAt)
    if (expiry <= at) return undecided(check, missingEvidence(check.needs, observation, at, timeZone))
    if (expiry < staleAt) staleAt = expiry
    if (evidence.observedAt > evidenceAt) evidenceAt = evidence.observedAt
    values[key] = evidence.value
  }
  const excess = exceedsWhole(check, values)
  if (excess) {
    const [part, whole] = excess
    return undecided(
      check,
      contradictoryFigures(definitionOf(part).label, values[part], definitionOf(whole).label, values[whole]),
    )
  }
  const observed = check.evaluate(values as CheckInput<EvidenceKey>, at)
  return { requirement: check.requirement, observed, usedKeys: check.needs, evidenceAt, staleAt }
}

/**
 * In: a requirement, what is known of an establishment, the instant (epoch ms), and the zone in which
 * reasons name dates. Out: what observation says of it. Evidence dated after `at` is ignored.
 */
export function evaluateRequirement(
  requirement: RequirementId,
  observation: Observation,
  at: number,
  timeZone: string = DEFAULT_TIME_ZONE,
): Evaluated {
  const check = checkFor(requirement)
  return check ? runCheck(check, observation, at, timeZone) : manual(requirement)
}

const PLAN: readonly (Check | Evaluated)[] = REQUIREMENTS.map(({ id }) => checkFor(id) ?? manual(id))

/** Like `evaluateRequirement`, for every requirement of the catalogue, in its order. */
export function evaluateAll(
  observation: Observation,
  at: number,
  timeZone: string = DEFAULT_TIME_ZONE,
): readonly Evaluated[] {
  return PLAN.map((step) => ('needs' in step ? runCheck(step, observation, at, timeZone) : step))
}
