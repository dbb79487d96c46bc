import type { EVIDENCE, EvidenceKey } from './evidence.ts'
import type { RequirementId } from './requirement.ts'
import type { CheckOutcome } from './verdict.ts'
import { typeset } from './wording.ts'

type ValueOf<K extends EvidenceKey> = (typeof EVIDENCE)[K]['type'] extends 'boolean'
  ? boolean
  : (typeof EVIDENCE)[K]['type'] extends 'number'
    ? number
    : string

/** Fresh values of exactly the keys a check needs, typed by the registry. */
export type CheckInput<K extends EvidenceKey> = { readonly [P in K]: ValueOf<P> }

/** What a part of the keys proves by itself, whatever the others would say. */
export interface Fault<K extends EvidenceKey = EvidenceKey> {
  readonly needs: readonly K[]
  /** Out: the non-compliance; null when these keys prove none. */
  readonly find: (values: CheckInput<K>) => CheckOutcome | null
}

/** One automatic check: data plus a pure function. Missing or stale evidence never reaches `evaluate`. */
export interface Check<K extends EvidenceKey = EvidenceKey> {
  readonly requirement: RequirementId
  /** From 1; grows by one with every change of the definition (see `rule-digests.json`). */
  readonly version: number
  readonly needs: readonly K[]
  readonly title: string
  /** What to do this week to comply, in plain French. */
  readonly remediation: string
  /** The rule in words, for « pourquoi ? ». */
  readonly rule: string
  /** Pairs (part, whole) of counts: a part above its whole contradicts itself and decides nothing. */
  readonly bounded?: readonly (readonly [part: K, whole: K])[]
  /** Asked in order when evidence is missing: a fault seen needs no further proof, compliance needs it all. */
  readonly faults?: readonly Fault<K>[]
  readonly evaluate: (values: CheckInput<K>, at: number) => CheckOutcome
}

/** In: a check. Out: the same with its texts typeset; the keys keep their literal types. */
export const defineCheck = <const K extends EvidenceKey>(check: Check<K>): Check<K> => ({
  ...check,
  title: typeset(check.title),
  remediation: typeset(check.remediation),
  rule: typeset(check.rule),
})
