import { EVIDENCE_KEYS, expiryOf } from './evidence.ts'
import type { Evidence, EvidenceKey, EvidenceValue } from './evidence.ts'

type Values = Partial<Record<EvidenceKey, EvidenceValue | undefined>>

/** Values in force at one instant, and their dates by position of the key in `EVIDENCE_KEYS`. */
export interface Snapshot {
  readonly values: Readonly<Values>
  readonly observedAt: readonly number[]
  /** Instant of expiry; minus infinity when there is no evidence yet. */
  readonly expiry: readonly number[]
}

const POSITIONS: ReadonlyMap<EvidenceKey, number> = new Map(EVIDENCE_KEYS.map((key, at) => [key, at]))
const LIFETIMES: readonly number[] = EVIDENCE_KEYS.map((key) => expiryOf(key, 0))

/** Copied for each establishment: one shape for all snapshots makes every check's reads fast. */
const NO_VALUES: Readonly<Values> = Object.fromEntries(EVIDENCE_KEYS.map((key) => [key, undefined]))
const NEVER: readonly number[] = EVIDENCE_KEYS.map(() => -Infinity)

/** In: keys. Out: their positions, in the same order. */
export const positionsOf = (keys: readonly EvidenceKey[]): readonly number[] =>
  keys.map((key) => POSITIONS.get(key) ?? -1)

/** In: latest evidence per key and the instant. Out: what is in force then; evidence dated later is ignored. */
export function snapshotOf(evidence: ReadonlyMap<EvidenceKey, Evidence>, at: number): Snapshot {
  const values: Values = { ...NO_VALUES }
  const observedAt = NEVER.slice()
  const expiry = NEVER.slice()
  for (const [position, key] of EVIDENCE_KEYS.entries()) {
    const one = evidence.get(key)
    if (one === undefined || one.observedAt > at) continue
    values[key] = one.value
    observedAt[position] = one.observedAt
    expiry[position] = one.observedAt + (LIFETIMES[position] ?? 0)
  }
  return { values, observedAt, expiry }
}
