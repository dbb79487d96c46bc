import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { createMetrics } from '@vigie/api/metrics'
import { scrapeOf } from '@vigie/api/features/health/scrape.ts'
import { startServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import { aClock } from '../support/clock.ts'
import { depsOn } from '../support/deps.ts'
import { fillMetrics, type Field } from './metrics-rows.ts'

const FIELD: Field = { etablissements: 3_000, departements: 8, machinesEach: 40, holders: 20_000 }
const WARM_UP = 3
const RUNS = 60
/** By the clock of the server, and really: long enough for what is read behind the scrapes. */
const SCRAPE_EVERY_MS = 10_000
const PAUSE_MS = 300
const GOAL_MS = 200

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN
const verdict = (milliseconds: number) => (milliseconds <= GOAL_MS ? 'atteint' : 'NON ATTEINT')

async function scrape(url: string): Promise<{ milliseconds: number; text: string }> {
  const start = performance.now()
  const answer = await fetch(`${url}/metrics`, { headers: { Authorization: 'Bearer metrics-token' } })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}`)
  return { milliseconds: performance.now() - start, text }
}

async function measure(db: Database, metricsEtablissements: boolean): Promise<string[]> {
  const clock = aClock('2026-11-16T07:00:00Z')
  const { config, ...deps } = depsOn(db, { clock, metrics: createMetrics({ processMetrics: true }) })
  const served = { ...deps, config: { ...config, metricsEtablissements } }
  const server = await startServer(served, { port: 0, host: '127.0.0.1' })
  try {
    const start = performance.now()
    // As `vigie serve` does when it starts.
    await scrapeOf(served).prepare()
    const prepared = performance.now() - start
    const first = await scrape(server.url)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const times: number[] = []
    let text = first.text
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      await pause(PAUSE_MS)
      clock.advance(SCRAPE_EVERY_MS)
      if (run === 0) delay.enable()
      const taken = await scrape(server.url)
      text = taken.text
      if (run >= 0) times.push(taken.milliseconds)
    }
    delay.disable()
    times.sort((a, b) => a - b)
    const [p50, p95, max] = [quantile(times, 0.5), quantile(times, 0.95), times.at(-1) ?? NaN]
    const series = text.split('\n').filter((line) => line && !line.startsWith('#')).length
    const what = metricsEtablissements ? 'avec les établissements' : 'sans les établissements'
    return [
      `${what}, ${series.toLocaleString('fr-FR')} séries, ${(text.length / 1_024).toFixed(0)} Kio`,
      `  préparation, au démarrage puis toutes les trente secondes, derrière les lectures : ${prepared.toFixed(0)} ms`,
      `  première lecture : ${first.milliseconds.toFixed(0)} ms (but : ≤ ${GOAL_MS} ms), ${verdict(first.milliseconds)}`,
      `  ensuite : p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, max ${max.toFixed(0)} ms (but : p95 ≤ ${GOAL_MS} ms), ${verdict(p95)}`,
      `  plus long arrêt de la boucle d’événements : ${(delay.max / 1e6).toFixed(0)} ms`,
    ]
  } finally {
    await server.close()
  }
}

/** Out: time of a scrape over HTTP, the first one and the next, with and without the series of establishments. */
export async function benchMetrics(db: Database): Promise<{ name: string; lines: string[] }> {
  await fillMetrics(db, FIELD)
  const count = (number: number) => number.toLocaleString('fr-FR')
  return {
    name: `Lecture de /metrics à ${count(FIELD.etablissements)} établissements, ${count(FIELD.etablissements * FIELD.machinesEach)} machines, ${count(FIELD.holders)} clés`,
    lines: [...(await measure(db, false)), ...(await measure(db, true))],
  }
}
