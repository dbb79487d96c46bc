import { createApp } from '@vigie/api'
import type { Actor } from '@vigie/api/access'
import { assignEtablissements } from '@vigie/api/features/campaigns/assign-etablissements.ts'
import { closeCampaign } from '@vigie/api/features/campaigns/close-campaign.ts'
import { createCampaign } from '@vigie/api/features/campaigns/create-campaign.ts'
import { openCampaign } from '@vigie/api/features/campaigns/open-campaign.ts'
import type { Database } from '@vigie/db'
import { SERVICE_IDS } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { contextOf, depsOn } from '../support/deps.ts'
import { fillConformity } from './overview-rows.ts'

const ETABLISSEMENTS = 3_000
const WARM_UP = 5
const RUNS = 60
const PROGRESS_GOAL_MS = 150
const OPENING_GOAL_MS = 10_000

const RSSI: Actor = {
  kind: 'account',
  id: '00000000-0000-4000-8000-000000000001',
  login: 'rssi',
  displayName: 'RSSI',
  grants: [{ role: 'rssi', perimeter: { kind: 'academie', code: '98' } }],
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN

const verdictOf = (value: number, goal: number): string => (value <= goal ? 'atteint' : 'NON ATTEINT')

/** Every one of the 163 requirements has a status, as after a year of use: the heaviest snapshot there is. */
const fillEveryStatus = (db: Database) =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.execute(sql`
      insert into requirement_status (uai, requirement, service, verdict, reason, figures, status, counted, basis, since, evaluated_at)
      select e.uai, r.requirement, left(r.requirement, 7), 'unknown', 'Motif de l’essai.', '[]', 'compliant', 'compliant',
        'declared', s.since, s.since
      from etablissement e
      cross join (select distinct requirement from campaign_requirement) r
      cross join lateral (select '2026-11-10T08:00:00Z'::timestamptz as since) s
      on conflict do nothing`),
  )

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
  await db.query('vacuum analyze')
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
  for (const [label, path] of pages) {
    const times: number[] = []
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      const [time] = await timed(async () => {
        const answer = await app.request(path)
        await answer.text()
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      })
      if (run >= 0) times.push(time)
    }
    times.sort((a, b) => a - b)
    const [p50, p95, max] = [quantile(times, 0.5), quantile(times, 0.95), times.at(-1) ?? NaN]
    lines.push(
      `${label} : p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, max ${max.toFixed(0)} ms (but : p95 ≤ ${PROGRESS_GOAL_MS} ms), ${verdictOf(p95, PROGRESS_GOAL_MS)}`,
    )
  }
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
