import { createApp } from '@vigie/api'
import type { Actor } from '@vigie/api/access'
import type { Database } from '@vigie/db'
import { depsOn } from '../support/deps.ts'
import { fillConformity } from './overview-rows.ts'

const ETABLISSEMENTS = 3_000
const WARM_UP = 5
const RUNS = 60
const GOAL_MS = 100

const RSSI: Actor = {
  kind: 'account',
  id: '00000000-0000-4000-8000-000000000001',
  login: 'rssi',
  displayName: 'RSSI',
  grants: [{ role: 'rssi', perimeter: { kind: 'academie', code: '98' } }],
}

const PAGES = [
  ['tableau de bord', '/v1/overview'],
  ['tableau de bord d’un département', '/v1/overview?departement=991'],
  ['mosaïque, 50 lignes', '/v1/etablissements'],
  [
    'mosaïque, 200 lignes triées par sauvegarde',
    '/v1/etablissements?pageSize=200&sort=MCO-SVG&direction=desc',
  ],
  ['mosaïque filtrée sur un statut', '/v1/etablissements?service=MCO-SVG&status=non_compliant'],
  ['recherche', '/v1/etablissements?q=villeneuve%2012'],
] as const

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN

/** Out: p50, p95 and maximum of each page in the server, answer included, at 3,000 establishments. */
export async function benchOverview(db: Database): Promise<{ name: string; lines: string[] }> {
  await fillConformity(db, ETABLISSEMENTS)
  const app = createApp(depsOn(db), () => Promise.resolve(RSSI))
  const lines: string[] = []
  for (const [label, path] of PAGES) {
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
    const verdict = p95 <= GOAL_MS ? 'atteint' : 'NON ATTEINT'
    lines.push(
      `${label} : p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, max ${max.toFixed(0)} ms (but : p95 ≤ ${GOAL_MS} ms), ${verdict}`,
    )
  }
  return { name: `Pages de conformité à ${ETABLISSEMENTS.toLocaleString('fr-FR')} établissements`, lines }
}
