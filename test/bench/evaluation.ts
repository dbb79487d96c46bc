import { CHECKS, EVIDENCE, evaluateAll } from '@vigie/rules'
import type { Evidence, EvidenceKey, EvidenceValue, Observation } from '@vigie/rules'

const HOUR = 3_600_000
const AT = Date.UTC(2026, 2, 20, 12)
const GOAL = 1_000_000

const french = (value: number): string => Math.round(value).toLocaleString('fr-FR')

/** Deterministic spread of values, so that two runs measure the same work. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function valueOf(key: EvidenceKey, next: () => number): EvidenceValue {
  const { type, unit } = EVIDENCE[key]
  if (type === 'boolean') return next() < 0.8
  if (unit === 'ratio') return 1 - next() ** 2
  if (unit !== '1') return Math.round(next() * 200)
  return key.endsWith('.count') || key.endsWith('_count') ? 120 : Math.round(100 + next() * 20)
}

/** An establishment that proves most things: 80 % of the keys fresh, 8 % stale, 12 % missing, some collections failed. */
function anObservation(seed: number): Observation {
  const next = sequence(seed)
  const evidence = new Map<EvidenceKey, Evidence>()
  const failedKeys = new Set<EvidenceKey>()
  for (const key of new Set(CHECKS.flatMap(({ needs }) => needs))) {
    const fate = next()
    if (fate < 0.12) {
      if (fate < 0.04) failedKeys.add(key)
      continue
    }
    const life = EVIDENCE[key].freshnessHours * HOUR
    evidence.set(key, { key, value: valueOf(key, next), observedAt: AT - life * (fate < 0.2 ? 1.5 : next()) })
  }
  return { evidence, failedKeys }
}

/** Out: pure evaluation speed on one core, in verdicts per second over at least `seconds`, after warming up. */
export async function benchEvaluation(seconds = 2): Promise<{ name: string; lines: string[] }> {
  const observations = Array.from({ length: 200 }, (_, seed) => anObservation(seed + 1))
  let decided = 0
  const pass = (): number => {
    let verdicts = 0
    for (const observation of observations)
      for (const { observed } of evaluateAll(observation, AT)) {
        verdicts += 1
        if (observed.verdict !== 'unknown') decided += 1
      }
    return verdicts
  }
  const warmUp = performance.now()
  while (performance.now() - warmUp < 1_000) pass()
  decided = 0
  let verdicts = 0
  const start = performance.now()
  while (performance.now() - start < seconds * 1_000) verdicts += pass()
  const elapsed = (performance.now() - start) / 1_000
  const speed = verdicts / elapsed
  return {
    name: 'Évaluation pure',
    lines: [
      `${french(speed)} verdicts/s en moyenne sur ${elapsed.toFixed(1)} s (but : ${french(GOAL)}), ${speed >= GOAL ? 'atteint' : 'NON ATTEINT'}`,
      `${Math.round((decided / verdicts) * 100)} % décidés par un contrôle`,
    ],
  }
}

if (import.meta.main) {
  const { name, lines } = await benchEvaluation()
  for (const line of [name, ...lines]) process.stdout.write(`${line}\n`)
}
