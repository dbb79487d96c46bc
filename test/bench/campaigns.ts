import { createApp } from '@vigie/api'
import { assignEtablissements } from '@vigie/api/features/campaigns/assign-etablissements.ts'
import { closeCampaign } from '@vigie/api/features/campaigns/close-campaign.ts'
import { createCampaign } from '@vigie/api/features/campaigns/create-campaign.ts'
import { openCampaign } from '@vigie/api/features/campaigns/open-campaign.ts'
import type { Database } from '@vigie/db'
import { SERVICE_IDS } from '@vigie/rules'
import { contextOf, depsOn } from '../support/deps.ts'
import { fillConformity, fillEveryStatus } from './overview-rows.ts'
import { RSSI, timePages } from './pages.ts'

const ETABLISSEMENTS = 3_000
const PROGRESS_GOAL_MS = 150
const OPENING_GOAL_MS = 10_000

const verdictOf = (value: number, goal: number): string => (value <= goal ? 'atteint' : 'NON ATTEINT')

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const start = performance.now()
  const result = await work()
  return [performance.now() - start, result]
}

/**
 * Out: how long a campaign over 3,000 establishments and 163 requirements takes to open, to be assigned and to be
 * closed, then p50, p95 and maximum of its pages, answer included.
 */
export async function benchCampaigns(db: Database): Promise<{ name: string; lines: string[] }> {
  await fillConformity(db, ETABLISSEMENTS)
  const deps = depsOn(db)
  const ctx = contextOf(deps, RSSI)
  const { id } = await createCampaign(ctx, {
    name: 'Toute l’académie',
    purpose: 'Mesurer l’ouverture d’une campagne sur tout le catalogue.',
    startsOn: '2026-11-16',
    endsOn: '2027-06-30',
    perimeter: { kind: 'academie', code: '98' },
    services: [...SERVICE_IDS],
  })
  await fillEveryStatus(db)
  const lines: string[] = []
  const [opening, { etablissements }] = await timed(() => openCampaign(ctx, id))
  lines.push(
    `ouverture sur ${etablissements.toLocaleString('fr-FR')} établissements × 163 exigences, photographie comprise : ${(opening / 1_000).toFixed(1)} s (but : ≤ ${OPENING_GOAL_MS / 1_000} s), ${verdictOf(opening, OPENING_GOAL_MS)}`,
  )
  const [assigning] = await timed(() => assignEtablissements(ctx, id, { filter: {}, visitOn: '2026-12-01' }))
  lines.push(`jour de visite fixé pour tous : ${(assigning / 1_000).toFixed(1)} s`)
  const app = createApp(deps, () => Promise.resolve(RSSI))
  const pages = [
    ['avancement, 50 lignes', `/v1/campaigns/${id}/progress`],
    ['avancement d’un département, par retard', `/v1/campaigns/${id}/progress?departement=991&sort=progress`],
    ['avancement, 200 lignes, page 10', `/v1/campaigns/${id}/progress?pageSize=200&page=10&sort=visit`],
    ['recherche', `/v1/campaigns/${id}/progress?q=villeneuve%2012`],
    ['par agent', `/v1/campaigns/${id}/progress/officers`],
    ['par service', `/v1/campaigns/${id}/progress/services`],
    ['la campagne', `/v1/campaigns/${id}`],
  ] as const
  lines.push(...(await timePages(app, pages, PROGRESS_GOAL_MS)))
  const [closing] = await timed(() => closeCampaign(ctx, id))
  lines.push(
    `clôture : ${(closing / 1_000).toFixed(1)} s (but : ≤ ${OPENING_GOAL_MS / 1_000} s), ${verdictOf(closing, OPENING_GOAL_MS)}`,
  )
  const [comparing] = await timed(async () => {
    const answer = await app.request(`/v1/campaign-comparison?left=${id}:opening&right=${id}:closing`)
    await answer.text()
    if (answer.status !== 200) throw new Error(`the comparison answered ${answer.status}`)
  })
  lines.push(`comparaison de l’ouverture et de la clôture : ${(comparing / 1_000).toFixed(1)} s`)
  return { name: `Campagne à ${ETABLISSEMENTS.toLocaleString('fr-FR')} établissements`, lines }
}
