import type { StoredFigure } from '@vigie/db/schema'
import { evaluateAll, type Evaluated, type Retained } from '@vigie/rules'
import type { StoredState, StoredStatus } from './stored.ts'

/** Reasons of an establishment of which nothing is known: what the absence of a row stands for. */
const UNOBSERVED_REASONS: ReadonlyMap<string, string> = new Map(
  evaluateAll({ evidence: new Map(), failedKeys: new Set() }, 0).map(({ requirement, observed }) => [
    requirement,
    observed.reason,
  ]),
)

/** True when the row says no more than its absence would: unknown, never observed, nothing declared or granted. */
export const isDefault = (row: StoredStatus): boolean =>
  row.status === 'unknown' &&
  row.verdict === 'unknown' &&
  row.unknownReason === 'never_observed' &&
  row.derogatedUntil === null &&
  !row.reopened &&
  row.reason === UNOBSERVED_REASONS.get(row.requirement)

/** The row as it must be now; `since` stays while neither the status nor the verdict moves. */
export function currentOf(
  { requirement, ruleVersion, observed, staleAt }: Evaluated,
  retained: Retained,
  state: StoredState,
  before: StoredStatus | undefined,
  at: number,
): StoredStatus {
  const moved =
    (before?.status ?? 'unknown') !== retained.status || (before?.verdict ?? 'unknown') !== observed.verdict
  return {
    requirement,
    verdict: observed.verdict,
    unknownReason: observed.unknownReason ?? null,
    reason: observed.reason,
    figures: observed.figures,
    status: retained.status,
    counted: retained.counted,
    basis: retained.basis,
    reopened: retained.reopened,
    derogatedUntil: retained.derogatedUntil,
    staleAt: staleAtOf(requirement, retained, staleAt, state),
    since: before && !moved ? before.since : at,
    ruleVersion,
  }
}

function staleAtOf(requirement: string, { basis }: Retained, observed: number | null, state: StoredState) {
  if (basis === 'declared') return state.declarations.get(requirement)?.expiresAt ?? null
  if (basis === 'arbitrated') return state.arbitrations.get(requirement)?.expiresAt ?? null
  return observed
}

const sameFigure = (a: StoredFigure, b: StoredFigure | undefined): boolean =>
  a.label === b?.label && a.value === b.value && a.of === b.of && a.unit === b.unit

/** True when writing `b` over `a` would change nothing that anyone reads. */
export const sameStatus = (a: StoredStatus, b: StoredStatus): boolean =>
  a.verdict === b.verdict &&
  a.unknownReason === b.unknownReason &&
  a.reason === b.reason &&
  a.status === b.status &&
  a.counted === b.counted &&
  a.basis === b.basis &&
  a.reopened === b.reopened &&
  a.derogatedUntil === b.derogatedUntil &&
  a.staleAt === b.staleAt &&
  a.since === b.since &&
  a.ruleVersion === b.ruleVersion &&
  a.figures.length === b.figures.length &&
  a.figures.every((figure, position) => sameFigure(figure, b.figures[position]))
