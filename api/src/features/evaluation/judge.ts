import {
  evaluateAll,
  expiryOf,
  pointsByService,
  requirementById,
  retain,
  scoreOf,
  sumPoints,
  timeZoneOf,
  type Evaluated,
  type RetainedRequirement,
  type Score,
  type ScorePoints,
  type ServiceId,
} from '@vigie/rules'
import { changeOf, type StatusChange } from './status-change.ts'
import { currentOf, isDefault, sameStatus } from './status-row.ts'
import type { StoredState, StoredStatus } from './stored.ts'

/** What evaluation changes for one establishment. Instants are epoch ms. */
export interface Judgement {
  readonly uai: string
  /** IANA zone in which its days end. */
  readonly timeZone: string
  readonly upserts: readonly StoredStatus[]
  /** Requirements whose row returned to what no row means. */
  readonly removals: readonly string[]
  readonly changes: readonly StatusChange[]
  readonly byService: ReadonlyMap<ServiceId, ScorePoints>
  readonly points: ScorePoints
  readonly score: Score
  /** Next instant at which something expires or begins to count; null when nothing will. */
  readonly dueAt: number | null
}

/** In: a stored state and the instant (epoch ms). Out: what to write. Pure: verdicts and points come from the rules. */
export function judge(state: StoredState, at: number): Judgement {
  const timeZone = timeZoneOf(state.academie)
  const evaluated = evaluateAll(state, at, timeZone)
  const retained: RetainedRequirement[] = []
  const upserts: StoredStatus[] = []
  const removals: string[] = []
  const changes: StatusChange[] = []
  for (const outcome of evaluated) {
    const status = retainedOf(state, outcome, at)
    retained.push(status)
    const before = state.statuses.get(outcome.requirement)
    const now = currentOf(outcome, status.retained, state, before, at)
    const change = changeOf(before, now, state)
    if (change) changes.push(change)
    if (isDefault(now)) {
      if (before) removals.push(outcome.requirement)
    } else if (!before || !sameStatus(before, now)) upserts.push(now)
  }
  const byService = pointsByService(retained)
  const points = sumPoints(...byService.values())
  return {
    uai: state.uai,
    timeZone,
    upserts,
    removals,
    changes,
    byService,
    points,
    score: scoreOf(points),
    dueAt: nextInstant(state, at),
  }
}

function retainedOf(state: StoredState, outcome: Evaluated, at: number): RetainedRequirement {
  const { requirement, observed, evidenceAt, usedKeys } = outcome
  const arrivals = usedKeys.flatMap((key) => state.arrivals.get(key) ?? [])
  const level = requirementById(requirement)?.levels[state.degree] ?? 'F'
  return {
    requirement,
    level,
    retained: retain({
      level,
      observed,
      evidenceAt,
      receivedAt: arrivals.length === 0 ? null : Math.max(...arrivals),
      declaration: state.declarations.get(requirement),
      arbitration: state.arbitrations.get(requirement),
      derogation: state.derogations.get(requirement),
      at,
    }),
  }
}

function nextInstant(state: StoredState, at: number): number | null {
  let next = Infinity
  const consider = (instant: number) => {
    if (instant > at && instant < next) next = instant
  }
  for (const { key, observedAt } of state.evidence.values()) {
    consider(observedAt)
    consider(expiryOf(key, observedAt))
  }
  for (const { expiresAt } of state.declarations.values()) consider(expiresAt)
  for (const { expiresAt } of state.arbitrations.values()) consider(expiresAt)
  for (const { expiresAt } of state.derogations.values()) consider(expiresAt)
  return next === Infinity ? null : next
}
