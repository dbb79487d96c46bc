import { REQUIREMENTS } from './catalogue/index.ts'
import type { Check, CheckInput, Fault } from './check.ts'
import { checkFor } from './checks/index.ts'
import { definitionOf } from './evidence.ts'
import type { Evidence, EvidenceKey } from './evidence.ts'
import type { RequirementId } from './requirement.ts'
import { positionsOf, snapshotOf } from './snapshot.ts'
import type { Snapshot } from './snapshot.ts'
import { contradictoryFigures, missingEvidence, MANUAL_REASON } from './unknown.ts'
import type { ObservedVerdict } from './verdict.ts'

/** What is known of one establishment: its latest evidence per key, and the keys whose latest collection failed. */
export interface Observation {
  readonly evidence: ReadonlyMap<EvidenceKey, Evidence>
  readonly failedKeys: ReadonlySet<EvidenceKey>
}

export interface Evaluated {
  readonly requirement: RequirementId
  /** Version of the check that was asked; null when the requirement has none. */
  readonly ruleVersion: number | null
  readonly observed: ObservedVerdict
  /** Keys behind the verdict: those of the check, or of the fault seen first; empty when the requirement has no check. */
  readonly usedKeys: readonly EvidenceKey[]
  /** Instant (epoch ms) of the newest evidence used; null when nothing was decided. */
  readonly evidenceAt: number | null
  /** Instant (epoch ms) from which the verdict will be stale; null when nothing was decided. */
  readonly staleAt: number | null
}

const DEFAULT_TIME_ZONE = 'Europe/Paris'

const manual = (requirement: RequirementId): Evaluated => ({
  requirement,
  ruleVersion: null,
  observed: { verdict: 'unknown', unknownReason: 'never_observed', reason: MANUAL_REASON, figures: [] },
  usedKeys: [],
  evidenceAt: null,
  staleAt: null,
})

const undecided = (check: Check, observed: ObservedVerdict): Evaluated => ({
  requirement: check.requirement,
  ruleVersion: check.version,
  observed,
  usedKeys: check.needs,
  evidenceAt: null,
  staleAt: null,
})

const exceedsWhole = (
  check: Check,
  values: Snapshot['values'],
): readonly [EvidenceKey, EvidenceKey] | undefined =>
  check.bounded?.find(([part, whole]) => Number(values[part]) > Number(values[whole]))

interface Step {
  readonly check: Check
  readonly positions: readonly number[]
  readonly faults: readonly { readonly fault: Fault; readonly positions: readonly number[] }[]
}

const stepOf = (check: Check): Step => ({
  check,
  positions: positionsOf(check.needs),
  faults: (check.faults ?? []).map((fault) => ({ fault, positions: positionsOf(fault.needs) })),
})

/** What the evidence in force proves although some is missing; null when it proves nothing yet. */
function provenFault(
  { check, faults }: Step,
  { values, observedAt, expiry }: Snapshot,
  at: number,
): Evaluated | null {
  for (const { fault, positions } of faults) {
    const staleAt = Math.min(...positions.map((position) => expiry[position] ?? -Infinity))
    const observed = staleAt > at ? fault.find(values as CheckInput<EvidenceKey>) : null
    if (observed === null) continue
    return {
      requirement: check.requirement,
      ruleVersion: check.version,
      observed,
      usedKeys: fault.needs,
      evidenceAt: Math.max(...positions.map((position) => observedAt[position] ?? -Infinity)),
      staleAt,
    }
  }
  return null
}

function runStep(
  step: Step,
  snapshot: Snapshot,
  observation: Observation,
  at: number,
  timeZone: string,
): Evaluated {
  const { check, positions } = step
  const { values, observedAt, expiry } = snapshot
  let evidenceAt = -Infinity
  let staleAt = Infinity
  for (const position of positions) {
    const expires = expiry[position] ?? -Infinity
    if (expires <= at)
      return (
        provenFault(step, snapshot, at) ??
        undecided(check, missingEvidence(check.needs, observation, at, timeZone))
      )
    if (expires < staleAt) staleAt = expires
    const observed = observedAt[position] ?? -Infinity
    if (observed > evidenceAt) evidenceAt = observed
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
  return {
    requirement: check.requirement,
    ruleVersion: check.version,
    observed,
    usedKeys: check.needs,
    evidenceAt,
    staleAt,
  }
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
  return check
    ? runStep(stepOf(check), snapshotOf(observation.evidence, at), observation, at, timeZone)
    : manual(requirement)
}

const PLAN: readonly (Step | Evaluated)[] = REQUIREMENTS.map(({ id }) => {
  const check = checkFor(id)
  return check ? stepOf(check) : manual(id)
})

/** Like `evaluateRequirement`, for every requirement of the catalogue, in its order. */
export function evaluateAll(
  observation: Observation,
  at: number,
  timeZone: string = DEFAULT_TIME_ZONE,
): readonly Evaluated[] {
  const snapshot = snapshotOf(observation.evidence, at)
  return PLAN.map((step) => ('check' in step ? runStep(step, snapshot, observation, at, timeZone) : step))
}
