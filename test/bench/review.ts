import { createApp } from '@vigie/api'
import type { Database } from '@vigie/db'
import { depsOn } from '../support/deps.ts'
import { fillConformity, fillEveryStatus } from './overview-rows.ts'
import { RSSI, timePages } from './pages.ts'
import { fillReview } from './review-rows.ts'

const ETABLISSEMENTS = 3_000
const GOAL_MS = 150

const PAGES = [
  ['chiffres', '/v1/review-figures'],
  ['tout ce qui attend, 50 lignes', '/v1/review'],
  ['contradictions', '/v1/review?kind=contradiction'],
  ['déclarations qui expirent', '/v1/review?kind=expiring'],
  ['déclarations qui expirent, page 100', '/v1/review?kind=expiring&page=100'],
  ['dérogations', '/v1/review?kind=derogation'],
  ['contestations', '/v1/review?kind=dispute'],
  ['un département', '/v1/review?departement=991'],
  ['un service', '/v1/review?service=MCO-SVG'],
  ['recherche', '/v1/review?q=villeneuve%2012'],
] as const

/** Out: p50, p95 and maximum of the RSSI's queue, answer included, at 3,000 establishments. */
export async function benchReview(db: Database): Promise<{ name: string; lines: string[] }> {
  await fillConformity(db, ETABLISSEMENTS)
  await fillEveryStatus(db)
  await fillReview(db)
  const app = createApp(depsOn(db), () => Promise.resolve(RSSI))
  const figures = (await (await app.request('/v1/review-figures')).json()) as { total: number }
  return {
    name: `Revue du RSSI : ${figures.total.toLocaleString('fr-FR')} cas qui attendent, ${ETABLISSEMENTS.toLocaleString('fr-FR')} établissements`,
    lines: await timePages(app, PAGES, GOAL_MS),
  }
}
