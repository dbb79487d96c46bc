import type { EvidenceKey, EvidenceValue } from '@vigie/rules'
import { CollectionError, type Collected, type CollectorIo } from '../../collector.ts'

/** One figure that a part of a collection proves of one establishment. */
export interface Proven {
  readonly key: EvidenceKey
  readonly value: EvidenceValue
  /** Where it was true, as a screen names it: French, 200 characters at most. */
  readonly source: string
}

/** What one part of a collection says of one establishment. */
export interface Findings {
  readonly proven: readonly Proven[]
  /** French, naming the remedy. */
  readonly failed: readonly { readonly keys: readonly EvidenceKey[]; readonly reason: string }[]
  /** Seen, and proving nothing: told by a dry run. */
  readonly ignored: readonly string[]
}

export const NOTHING_FOUND: Findings = { proven: [], failed: [], ignored: [] }

/** In: keys, and why nothing could be told of them. */
export const failing = (keys: readonly EvidenceKey[], reason: string): Findings => ({
  ...NOTHING_FOUND,
  failed: [{ keys, reason }],
})

const SOURCE_LENGTH = 200

/** In: where something was seen. Out: the same, cut where a source's text ends. */
export const sourceText = (text: string): string =>
  text.length <= SOURCE_LENGTH ? text : `${text.slice(0, SOURCE_LENGTH - 1)}…`

/** One part of a collection: what it asks of one establishment. */
export interface Part {
  readonly uai: string
  /** Keys that it may prove. */
  readonly keys: readonly EvidenceKey[]
  readonly find: (io: CollectorIo, signal: AbortSignal) => Promise<Findings>
}

/**
 * Runs one part. A failure of its system is a failure of its keys, and leaves the other parts alone. Throws only when the
 * whole collection is given up.
 */
export async function findOf(part: Part, io: CollectorIo, signal: AbortSignal): Promise<Collected> {
  try {
    return collectedOf(part.uai, await part.find(io, signal), io.now())
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof CollectionError)) throw error
    return collectedOf(part.uai, failing(part.keys, error.message), io.now())
  }
}

const collectedOf = (uai: string, findings: Findings, observedAt: Date): Collected => ({
  evidence: findings.proven.map(({ key, value, source }) => ({
    uai,
    key,
    value,
    observedAt,
    source: sourceText(source),
  })),
  availability: [],
  failures: findings.failed.map(({ keys, reason }) => ({ keys, uais: [uai], reason })),
  ignored: findings.ignored.map((reason) => ({ reason: `${uai} : ${reason}`, count: 1 })),
})
