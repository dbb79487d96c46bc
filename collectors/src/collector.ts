import type { EvidenceKey, EvidenceValue, ServiceId } from '@vigie/rules'

/** One observation as a collector brings it back; the UAI is well formed, and may be unknown to Vigie. */
export interface CollectedEvidence {
  readonly uai: string
  readonly key: EvidenceKey
  readonly value: EvidenceValue
  readonly observedAt: Date
  /** Where it was true, as a screen names it. */
  readonly source: string
}

/** Days over which an availability is taken. */
export type AvailabilitySpan = '1d' | '7d' | '30d'

/** Share of the time, 0 to 1, during which a service of an establishment answered; the UAI may be unknown to Vigie. */
export interface CollectedAvailability {
  readonly uai: string
  readonly service: ServiceId
  readonly span: AvailabilitySpan
  readonly ratio: number
  readonly observedAt: Date
}

/** Keys whose collection failed: for these establishments, or for all that this collector knows. */
export interface FailedKeys {
  readonly keys: readonly EvidenceKey[]
  readonly uais: readonly string[] | 'all'
  /** French, without secret. */
  readonly reason: string
}

/** Samples that prove nothing, and why, in French: shown by a dry run, counted otherwise. */
export interface Ignored {
  readonly reason: string
  readonly count: number
}

export interface Collected {
  readonly evidence: readonly CollectedEvidence[]
  readonly availability: readonly CollectedAvailability[]
  readonly failures: readonly FailedKeys[]
  readonly ignored: readonly Ignored[]
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly tls?: TlsOptions
  /** Bytes of the answer, beyond which it is refused. */
  readonly maxBytes?: number
}

/** PEM texts. */
export interface TlsOptions {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/** What a collector may touch. */
export interface CollectorIo {
  now(): Date
  request(url: URL, request: HttpRequest, signal: AbortSignal): Promise<{ status: number; text: string }>
}

/** A failure of the whole collection, said in French without secret; `retryable` when trying again may help. */
export class CollectionError extends Error {
  readonly retryable: boolean

  constructor(message: string, options: { retryable: boolean }) {
    super(message)
    this.retryable = options.retryable
  }
}

/**
 * One kind of system that evidence is read from. `collect` brings back what it read: finding nothing is no failure.
 * Timing, timeout, retries and the outcome belong to `runCollector`.
 */
export interface Collector<Config> {
  readonly name: string
  /** One French sentence. */
  readonly help: string
  /** Keys that this configuration collects. */
  readonly keys: (config: Config) => readonly EvidenceKey[]
  /** Establishments that this configuration speaks for, when it names them: a failure of the whole is theirs. */
  readonly uais?: (config: Config) => readonly string[]
  readonly collect: (config: Config, io: CollectorIo, signal: AbortSignal) => Promise<Collected>
}

/** In: a collector. Out: the same, its configuration typed. */
export const defineCollector = <Config>(collector: Collector<Config>): Collector<Config> => collector
