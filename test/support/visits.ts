import type { z } from '@hono/zod-openapi'
import type { progressSchema } from '@vigie/api/features/campaigns/schema.ts'
import type { answersSchema, visitSchema } from '@vigie/api/features/visits/schema.ts'
import { rowsOf, type Database } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll } from 'vitest'
import { openAccount } from './account.ts'
import { anApi, cookieOf, PASSWORD, type Api, type Credentials } from './api.ts'
import { anOpenCampaign } from './campaign.ts'
import { aClock } from './clock.ts'
import { aDatabase } from './database.ts'
import { anEtablissement } from './etablissement.ts'

type Visit = z.infer<typeof visitSchema>
type Results = z.infer<typeof answersSchema>['results']

/** What the campaigns of these suites ask. */
export const ASKED = ['MCO-SVG-1', 'MCO-SVG-2', 'MCO-SVG-3', 'MCO-SVG-4', 'MCO-SVG-5']

/** A suite on visits: its database and its API, the RSSI who runs campaigns there, and what officers do on site. */
export function visitsInCampaigns() {
  let db: Database
  let api: Api
  let rssi: Credentials
  const clock = aClock('2026-11-16T09:00:00Z')
  beforeAll(async () => {
    db = await aDatabase()
    api = anApi(db, { clock })
    rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
  })
  afterAll(() => db.close())

  const get = async <T>(path: string, as: Credentials = rssi): Promise<T> => {
    const response = await api.request(path, { as })
    if (response.status !== 200)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  const send = (method: string, path: string, json: unknown, as: Credentials) =>
    api.request(path, { method, as, ...(json === undefined ? {} : { json }) })

  let minted = 0
  const uuid = () => `00000000-0000-4000-9000-${String((minted += 1)).padStart(12, '0')}`

  async function anOfficer(departement = '991') {
    const login = `osp.${uuid().slice(-6)}`
    const id = await openAccount(api.deps, {
      login,
      password: PASSWORD,
      grants: [{ role: 'osp', perimeter: { kind: 'departement', code: departement } }],
    })
    return { id, as: { Cookie: cookieOf(await api.enter(login, PASSWORD)) } satisfies Credentials }
  }

  async function aVisitedPlace() {
    const uai = await anEtablissement().insert(db)
    const campaign = await anOpenCampaign(api, rssi, {
      perimeter: { kind: 'etablissement', code: uai },
      requirements: ASKED,
    })
    const officer = await anOfficer()
    await send(
      'PUT',
      `/v1/campaigns/${campaign}/etablissements/${uai}`,
      { officer: officer.id, visitOn: '2026-11-16' },
      rssi,
    )
    const started = await send(
      'POST',
      `/v1/etablissements/${uai}/visits`,
      { campaignId: campaign, visitedOn: '2026-11-16' },
      officer.as,
    )
    if (started.status !== 201)
      throw new Error(`the visit answered ${started.status}: ${await started.text()}`)
    const { id } = (await started.json()) as { id: string }
    return { uai, campaign, officer, visit: id }
  }

  const answer = (requirement: string, over: object = {}) => ({
    id: uuid(),
    requirement,
    verdict: 'compliant',
    comment: '',
    answeredAt: '2026-11-16T08:45:00Z',
    basedOn: null,
    ...over,
  })
  async function sendAnswers(visit: string, answers: object[], as: Credentials): Promise<Results> {
    const response = await send('POST', `/v1/visits/${visit}/answers`, { answers }, as)
    if (response.status !== 200)
      throw new Error(`answers answered ${response.status}: ${await response.text()}`)
    return ((await response.json()) as { results: Results }).results
  }
  const itemOf = (visit: Visit, requirement: string) =>
    visit.services.flatMap(({ items }) => items).find((item) => item.requirement === requirement)!
  const progressOf = async (campaign: string) =>
    (await get<z.infer<typeof progressSchema>>(`/v1/campaigns/${campaign}/progress`)).rows[0]!
  const statusOf = async (uai: string, requirement: string) => {
    const found = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.execute(
        sql`select status, basis, reopened from requirement_status where uai = ${uai} and requirement = ${requirement}`,
      ),
    )
    return rowsOf<{ status: string; basis: string; reopened: boolean }>(found)[0]
  }

  return {
    ...{
      clock,
      uuid,
      get,
      send,
      anOfficer,
      aVisitedPlace,
      answer,
      sendAnswers,
      itemOf,
      progressOf,
      statusOf,
    },
    get db() {
      return db
    },
    get api() {
      return api
    },
    get rssi() {
      return rssi
    },
  }
}
