import { createApp } from '@vigie/api'
import type { Database } from '@vigie/db'
import { depsOn } from '../support/deps.ts'
import { fillConformity } from './overview-rows.ts'
import { RSSI, timePages } from './pages.ts'

const ETABLISSEMENTS = 3_000
const GOAL_MS = 100

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

/** Out: p50, p95 and maximum of each page in the server, answer included, at 3,000 establishments. */
export async function benchOverview(db: Database): Promise<{ name: string; lines: string[] }> {
  await fillConformity(db, ETABLISSEMENTS)
  const app = createApp(depsOn(db), () => Promise.resolve(RSSI))
  const lines = await timePages(app, PAGES, GOAL_MS)
  return { name: `Pages de conformité à ${ETABLISSEMENTS.toLocaleString('fr-FR')} établissements`, lines }
}
