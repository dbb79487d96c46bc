import type { Database } from '@vigie/db'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'

/** Payloads that Alertmanager 0.25 sent, as they came. */
const recorded = (name: string) =>
  readFile(new URL(`./fixtures/alertmanager-${name}.json`, import.meta.url), 'utf8')

let db: Database
let api: Api
let alerts: Credentials
let head: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  const uai = await anEtablissement().college().with({ uai: '0990001N' }).insert(db)
  alerts = await api.token('alert:push', { kind: 'academie', code: '98' })
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
})
afterAll(() => db.close())

const send = async (name: string) => {
  const response = await api.request('/v1/alerts', {
    method: 'POST',
    as: alerts,
    body: await recorded(name),
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'Alertmanager/0.25.0' },
  })
  expect(response.status, await response.text()).toBe(204)
}
const seen = async () => (await (await api.request('/v1/incidents', { as: head })).json()) as object

describe('payloads recorded from a real Alertmanager', () => {
  it('make one incident of two alerts, which ends with them, however often they come', async () => {
    await send('firing')
    await send('firing')
    const incident = {
      title: 'Sauvegarde gestion trop ancienne (0990001N)',
      alertName: 'SauvegardeTropAncienne',
      severity: 'critical',
      occurrences: 2,
      academie: '98',
      uai: '0990001N',
    }
    expect(await seen()).toMatchObject({ total: 1, rows: [{ ...incident, state: 'open' }] })
    await send('resolved')
    await send('resolved')
    await send('firing')
    expect(await seen()).toMatchObject({ total: 1, rows: [{ ...incident, state: 'resolved' }] })
  })
})
