/** Value under which that share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Greatest distance between two empirical distributions (Kolmogorov and Smirnov), from 0 to 1. */
export function distance(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [a.toSorted((x, y) => x - y), b.toSorted((x, y) => x - y)]
  let [i, j, greatest] = [0, 0, 0]
  while (i < left.length && j < right.length) {
    const at = Math.min(left[i]!, right[j]!)
    while (i < left.length && left[i]! <= at) i += 1
    while (j < right.length && right[j]! <= at) j += 1
    greatest = Math.max(greatest, Math.abs(i / left.length - j / right.length))
  }
  return greatest
}

/** Distance that chance exceeds with that probability, for two samples of these sizes (Smirnov's asymptotic law). */
export const criticalDistance = (probability: number, n: number, m: number): number =>
  Math.sqrt((-Math.log(probability / 2) / 2) * ((n + m) / (n * m)))
