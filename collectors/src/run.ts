import { CollectionError, type Collected, type Collector, type CollectorIo } from './collector.ts'

export interface RunOptions {
  /** Milliseconds given to each attempt. */
  readonly timeoutMs: number
  /** Attempts after the first, for failures that may pass. */
  readonly retries: number
  /** Milliseconds before the first retry; each next one doubles. */
  readonly retryDelayMs: number
}

export interface CollectorRun extends Collected {
  readonly collector: string
  readonly startedAt: Date
  readonly durationMs: number
  /** `no_data`: the system answered and had nothing; `failed`: nothing of what was asked could be read. */
  readonly outcome: 'success' | 'no_data' | 'failed'
  /** French, null unless it failed. */
  readonly error: string | null
  readonly attempts: number
}

const NOTHING: Collected = { evidence: [], availability: [], failures: [], ignored: [] }

/** Runs one collector once. Never throws for a failed collection: the run says it. `signal` gives up early. */
export async function runCollector<Config>(
  collector: Collector<Config>,
  config: Config,
  io: CollectorIo,
  options: RunOptions,
  signal?: AbortSignal,
): Promise<CollectorRun> {
  const startedAt = io.now()
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptOnce(collector, config, io, options.timeoutMs, signal)
    const again =
      result instanceof CollectionError && result.retryable && attempt <= options.retries && !signal?.aborted
    if (!again) {
      const durationMs = Math.max(0, io.now().getTime() - startedAt.getTime())
      return {
        collector: collector.name,
        startedAt,
        durationMs,
        attempts: attempt,
        ...told(collector, config, result),
      }
    }
    await pause(options.retryDelayMs * 2 ** (attempt - 1), signal)
  }
}

async function attemptOnce<Config>(
  collector: Collector<Config>,
  config: Config,
  io: CollectorIo,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Collected | CollectionError> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    return await collector.collect(config, io, signal ? AbortSignal.any([signal, timeout]) : timeout)
  } catch (error) {
    if (timeout.aborted) {
      return new CollectionError(`Pas de réponse en ${timeoutMs / 1_000} s.`, { retryable: true })
    }
    if (signal?.aborted) return new CollectionError('Collecte interrompue.', { retryable: false })
    if (error instanceof CollectionError) return error
    throw error
  }
}

function told<Config>(
  collector: Collector<Config>,
  config: Config,
  result: Collected | CollectionError,
): Collected & Pick<CollectorRun, 'outcome' | 'error'> {
  const keys = collector.keys(config)
  if (result instanceof CollectionError) {
    const failures = [{ keys, uais: collector.uais?.(config) ?? ('all' as const), reason: result.message }]
    return { ...NOTHING, failures, outcome: 'failed', error: result.message }
  }
  if (result.evidence.length > 0 || result.availability.length > 0) {
    return { ...result, outcome: 'success', error: null }
  }
  const failed = new Set(result.failures.flatMap((failure) => failure.keys))
  return failed.size > 0 && keys.every((key) => failed.has(key))
    ? { ...result, outcome: 'failed', error: result.failures[0]?.reason ?? null }
    : { ...result, outcome: 'no_data', error: null }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
