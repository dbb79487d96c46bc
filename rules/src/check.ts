import type { EVIDENCE, EvidenceKey } from './evidence.ts'
import type { RequirementId } from './requirement.ts'
import type { CheckOutcome } from './verdict.ts'

type ValueOf<K extends EvidenceKey> = (typeof EVIDENCE)[K]['type'] extends 'boolean'
  ? boolean
  : (typeof EVIDENCE)[K]['type'] extends 'number'
    ? number
    : string

/** Fresh values of exactly the keys a check needs, typed by the registry. */
export type CheckInput<K extends EvidenceKey> = { readonly [P in K]: ValueOf<P> }

/** One automatic check: data plus a pure function. Missing or stale evidence never reaches `evaluate`. */
export interface Check<K extends EvidenceKey = EvidenceKey> {
  readonly requirement: RequirementId
  readonly needs: readonly K[]
  readonly title: string
  /** What to do this week to comply, in plain French. */
  readonly remediation: string
  /** The rule in words, for « pourquoi ? ». */
  readonly rule: string
  readonly evaluate: (values: CheckInput<K>, at: number) => CheckOutcome
}

/** Keeps the keys' literal types so that `evaluate` receives typed values. */
export const defineCheck = <const K extends EvidenceKey>(check: Check<K>): Check<K> => check
