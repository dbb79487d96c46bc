import type { createApp } from '@vigie/api'
import type { Actor } from '@vigie/api/access'

const WARM_UP = 5
const RUNS = 60

/** The officer who reads the whole académie of the benches. */
export const RSSI: Actor = {
  kind: 'account',
  id: '00000000-0000-4000-8000-000000000001',
  login: 'rssi',
  displayName: 'RSSI',
  grants: [{ role: 'rssi', perimeter: { kind: 'academie', code: '98' } }],
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN

/**
 * In: the application, pages as (label, path), their goal in milliseconds.
 * Out: a line each with p50, p95 and maximum, answer included. Errors: an answer other than 200.
 */
export async function timePages(
  app: ReturnType<typeof createApp>,
  pages: readonly (readonly [label: string, path: string])[],
  goalMs: number,
): Promise<string[]> {
  const lines: string[] = []
  for (const [label, path] of pages) {
    const times: number[] = []
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      const start = performance.now()
      const answer = await app.request(path)
      await answer.text()
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      if (run >= 0) times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    const [p50, p95, max] = [quantile(times, 0.5), quantile(times, 0.95), times.at(-1) ?? NaN]
    const verdict = p95 <= goalMs ? 'atteint' : 'NON ATTEINT'
    lines.push(
      `${label} : p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, max ${max.toFixed(0)} ms (but : p95 ≤ ${goalMs} ms), ${verdict}`,
    )
  }
  return lines
}
