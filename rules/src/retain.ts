import type { Level } from './requirement.ts'
import type { Basis, DecidedVerdict, ObservedVerdict, RetainedStatus } from './verdict.ts'

/** What the establishment says of a requirement. Instants are epoch ms; it counts in [declaredAt, expiresAt). */
export interface Declaration {
  readonly verdict: DecidedVerdict
  readonly declaredAt: number
  readonly expiresAt: number
}

/** The RSSI's decision between an observation and a declaration. It counts in [decidedAt, expiresAt). */
export interface Arbitration {
  readonly verdict: DecidedVerdict
  readonly reason: string
  readonly decidedAt: number
  readonly expiresAt: number
  /** What was observed when it was decided. */
  readonly observedVerdict: DecidedVerdict | 'unknown'
  /** Instant up to which all evidence was known when it was decided; null when there was none. */
  readonly evidenceAt: number | null
}

/** An approved exception to a recommended requirement. It counts in [approvedAt, expiresAt). */
export interface Derogation {
  readonly approvedAt: number
  readonly expiresAt: number
}

export interface RetainInput {
  readonly level: Level
  readonly observed: ObservedVerdict
  /** Instant of the newest evidence behind `observed` (`Evaluated.evidenceAt`). */
  readonly evidenceAt?: number | null | undefined
  /** Instant at which the last of that evidence came; null when that is before any decision. */
  readonly receivedAt?: number | null | undefined
  readonly declaration?: Declaration | null | undefined
  readonly arbitration?: Arbitration | null | undefined
  readonly derogation?: Derogation | null | undefined
  readonly at: number
}

export interface Retained {
  readonly status: RetainedStatus
  /** What the score counts; for a contradiction, the worse of both. */
  readonly counted: DecidedVerdict | 'unknown'
  readonly basis: Basis
  /** True when newer evidence undid an arbitration that had not expired. */
  readonly reopened: boolean
  /** Instant (epoch ms) until which a derogation covers a recommended requirement; null without one. */
  readonly derogatedUntil: number | null
  /** True when evidence, a declaration or an arbitration in force stands behind the status. */
  readonly fresh: boolean
}

/** Worst first. « Sans objet » beats compliant only: nobody leaves the count by saying so against an observed gap. */
const WORST_FIRST: readonly DecidedVerdict[] = ['non_compliant', 'partial', 'not_applicable', 'compliant']

/** In: two verdicts. Out: the one that counts when they disagree. */
export const worseOf = (a: DecidedVerdict, b: DecidedVerdict): DecidedVerdict =>
  WORST_FIRST.indexOf(a) <= WORST_FIRST.indexOf(b) ? a : b

const inForce = (from: number, until: number, at: number): boolean => from <= at && at < until

/**
 * Evidence that goes stale does not undo an arbitration; evidence that was not known then and says something else does,
 * be it newer or an older one that came later.
 */
function isUndone(arbitration: Arbitration, input: RetainInput): boolean {
  const { observed, evidenceAt, receivedAt } = input
  if (observed.verdict === 'unknown' || observed.verdict === arbitration.observedVerdict) return false
  if (receivedAt != null && receivedAt > arbitration.decidedAt) return true
  return evidenceAt == null || arbitration.evidenceAt === null || evidenceAt > arbitration.evidenceAt
}

type Standing = Pick<Retained, 'status' | 'counted' | 'basis' | 'fresh'>

function confront(observed: ObservedVerdict, declared: DecidedVerdict | null): Standing {
  const seen = observed.verdict
  if (seen === 'unknown')
    return declared === null
      ? { status: 'unknown', counted: 'unknown', basis: 'none', fresh: false }
      : { status: declared, counted: declared, basis: 'declared', fresh: true }
  if (declared === null) return { status: seen, counted: seen, basis: 'observed', fresh: true }
  if (declared === seen) return { status: seen, counted: seen, basis: 'confirmed', fresh: true }
  return { status: 'contradiction', counted: worseOf(seen, declared), basis: 'contradiction', fresh: true }
}

/**
 * In: the level for this degree, the observation, and what people decided about it. Out: the status that counts at
 * `at`. Derogations cover level R only; what has expired does not count from its instant on.
 */
export function retain(input: RetainInput): Retained {
  const { level, observed, declaration, arbitration, derogation, at } = input
  const derogatedUntil =
    derogation && level === 'R' && inForce(derogation.approvedAt, derogation.expiresAt, at)
      ? derogation.expiresAt
      : null
  const arbitrated = arbitration && inForce(arbitration.decidedAt, arbitration.expiresAt, at)
  const reopened = arbitrated ? isUndone(arbitration, input) : false
  if (arbitrated && !reopened)
    return {
      status: arbitration.verdict,
      counted: arbitration.verdict,
      basis: 'arbitrated',
      reopened,
      derogatedUntil,
      fresh: true,
    }
  const declared =
    declaration && inForce(declaration.declaredAt, declaration.expiresAt, at) ? declaration.verdict : null
  return { ...confront(observed, declared), reopened, derogatedUntil }
}
