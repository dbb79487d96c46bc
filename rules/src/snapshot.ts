import { EVIDENCE_KEYS, expiryOf } from './evidence.ts'
import type { Evidence, EvidenceKey, EvidenceValue } from './evidence.ts'

/** Values in force at one instant, and their dates by position of the key in `EVIDENCE_KEYS`. */
export interface Snapshot {
  readonly values: Partial<Record<EvidenceKey, EvidenceValue>>
  readonly observedAt: Float64Array
  /** Instant of expiry; minus infinity when there is no evidence yet. */
  readonly expiry: Float64Array
}

const POSITIONS: ReadonlyMap<EvidenceKey, number> = new Map(EVIDENCE_KEYS.map((key, at) => [key, at]))
const LIFETIMES = Float64Array.from(EVIDENCE_KEYS, (key) => expiryOf(key, 0))

/** In: keys. Out: their positions, in the same order. */
export const positionsOf = (keys: readonly EvidenceKey[]): readonly number[] =>
  keys.map((key) => POSITIONS.get(key) ?? -1)

/** In: latest evidence per key and the instant. Out: what is in force then; evidence dated later is ignored. */
export function snapshotOf(evidence: ReadonlyMap<EvidenceKey, Evidence>, at: number): Snapshot {
  const values: Partial<Record<EvidenceKey, EvidenceValue>> = {}
  const observedAt = new Float64Array(EVIDENCE_KEYS.length).fill(-Infinity)
  const expiry = new Float64Array(EVIDENCE_KEYS.length).fill(-Infinity)
  for (const [key, one] of evidence) {
    const position = POSITIONS.get(key)
    if (position === undefined || one.observedAt > at) continue
    values[key] = one.value
    observedAt[position] = one.observedAt
    expiry[position] = one.observedAt + (LIFETIMES[position] ?? 0)
  }
  return { values, observedAt, expiry }
}
