/** Upper bounds of the buckets in which the durations of verifications are counted, in milliseconds; one more holds the rest. */
export const BOUNDS_MS = [
  1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 250, 500, 1_000, 2_500,
] as const

export const BUCKETS = BOUNDS_MS.length + 1

/** In: a duration in seconds. Out: the rank of its bucket. */
export function bucketOf(seconds: number): number {
  const ms = seconds * 1_000
  const rank = BOUNDS_MS.findIndex((bound) => ms <= bound)
  return rank < 0 ? BUCKETS - 1 : rank
}

export interface Latency {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Value under which that share lies, linear inside its bucket, as PromQL's `histogram_quantile` does. */
function quantile(counts: readonly number[], total: number, share: number): number {
  const wanted = share * total
  let below = 0
  for (const [rank, count] of counts.entries()) {
    if (below + count < wanted) {
      below += count
      continue
    }
    const low = BOUNDS_MS[rank - 1] ?? 0
    const high = BOUNDS_MS[rank]
    if (high === undefined) return low
    return low + (high - low) * ((wanted - below) / count)
  }
  return BOUNDS_MS.at(-1) ?? 0
}

/** In: verifications by bucket. Out: milliseconds, to the tenth; null when there was none. */
export function latencyOf(counts: readonly number[]): Latency | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const at = (share: number) => Math.round(quantile(counts, total, share) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
