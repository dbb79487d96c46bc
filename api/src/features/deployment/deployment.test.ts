import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHeldKey, aHolder, aKey } from '@vigie/test/support/key.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reportWeekly } from './report-weekly.ts'
import { reportText } from './report-text.ts'
import type { Deployment, Recipient } from './schema.ts'

const clock = aClock('2026-11-16T09:00:00Z')
const CIRCONSCRIPTION = '0990021C'
let db: Database
let api: Api
let diaser: Credentials

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock, random: aRandom(91) })
  const ecole = (departement: string, circonscription: string, communeCode: string) =>
    anEtablissement().inDepartement(departement).inCirconscription(circonscription).with({ communeCode })
  const equipped = await ecole('991', CIRCONSCRIPTION, '99001').insert(db)
  const handed = await ecole('991', CIRCONSCRIPTION, '99001').insert(db)
  await ecole('991', '0990022C', '99002').insert(db)
  const closed = ecole('991', CIRCONSCRIPTION, '99009').with({ state: 'ferme' })
  await closed.insert(db)
  await ecole('992', '0990023C', '99003').insert(db)
  await aHeldKey(api.deps, (await aHolder(api.deps, { uai: equipped })).id)
  await aHeldKey(api.deps, (await aHolder(api.deps, { uai: handed })).id, { until: 'handed_over' })
  await aHeldKey(
    api.deps,
    (await aHolder(api.deps, { function: 'mairie', communeCode: '99001', orderNumber: 1 })).id,
  )
  await aKey(api.deps, { departement: '992' })
  await aKey(api.deps, { departement: null })
})
afterAll(() => db.close())
beforeEach(async () => {
  // Sessions end with the days that tests let pass.
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
})

async function deployment(as: Credentials = diaser): Promise<Deployment> {
  const response = await api.request('/v1/deployment', { as })
  expect(response.status).toBe(200)
  return (await response.json()) as Deployment
}
const report = () => reportWeekly(contextOf(api.deps))
const mails = () =>
  db.asOwner((tx) => tx.select().from(schema.mailMessage).orderBy(schema.mailMessage.purpose))
const frozen = (friday: string) =>
  db.asOwner((tx) => tx.select().from(schema.weeklyReport).where(eq(schema.weeklyReport.friday, friday)))

describe('the deployment', () => {
  it('counts by département the schools and mairies equipped, the keys by state and the activations', async () => {
    const { departements, now, ecoles, mairies } = await deployment()
    expect(departements.map(({ code }) => code)).toEqual(['991', '992'])
    expect(departements[0]).toMatchObject({
      name: 'Haute-Brume',
      activated: 2,
      handedToDirecteurs: 2,
      activatedByDirecteurs: 1,
      ecoles: { equipped: 2, total: 3 },
      mairies: { equipped: 1, total: 2 },
      keys: [
        { state: 'handed_over', count: 1 },
        { state: 'active', count: 2 },
      ],
    })
    expect(departements[0]?.weeks.at(-1)).toEqual({ friday: '2026-11-20', activations: 2 })
    expect(departements[0]?.weeks).toHaveLength(6)
    expect(departements[1]).toMatchObject({ activated: 0, ecoles: { equipped: 0, total: 1 } })
    expect({ now, ecoles, mairies }).toMatchObject({
      now: { activated: 2, handedToDirecteurs: 2 },
      ecoles: { equipped: 2, total: 4 },
      mairies: { equipped: 1, total: 3 },
    })
  })

  it('is seen by each on his own perimeter', async () => {
    const ien = await api.signIn('ien', { kind: 'circonscription', code: CIRCONSCRIPTION })
    const mine = await deployment(ien)
    expect(mine.departements).toHaveLength(1)
    expect(mine.ecoles).toEqual({ equipped: 2, total: 2 })
    const osp = await api.signIn('osp', { kind: 'departement', code: '992' })
    expect((await deployment(osp)).departements.map(({ code }) => code)).toEqual(['992'])
    const chef = await api.signIn('chef_etablissement', { kind: 'etablissement', code: '0990001A' })
    expect((await api.request('/v1/deployment', { as: chef })).status).toBe(403)
    const bassin = await api.signIn('comite', { kind: 'bassin', code: 'B1' })
    expect((await api.request('/v1/deployment', { as: bassin })).status).toBe(403)
    expect((await api.request('/v1/deployment?academie=97', { as: diaser })).status).toBe(404)
  })
})

describe('recipients of the report', () => {
  it('are added once and removed by the division, and read by who follows the deployment', async () => {
    const add = (mail: string, as = diaser) =>
      api.request('/v1/deployment/recipients', { method: 'POST', as, json: { mail } })
    expect((await add('Suivi@Exemple.fr')).status).toBe(201)
    expect((await add('suivi@exemple.fr')).status).toBe(409)
    expect((await add('pas une adresse')).status).toBe(422)
    expect((await add('de.trop@exemple.fr')).status).toBe(201)
    const osp = await api.signIn('osp', { kind: 'departement', code: '991' })
    expect((await add('osp@exemple.fr', osp)).status).toBe(403)
    const remove = (mail: string) =>
      api.request(`/v1/deployment/recipients/${encodeURIComponent(mail)}`, { method: 'DELETE', as: diaser })
    expect((await remove('de.trop@exemple.fr')).status).toBe(204)
    expect((await remove('de.trop@exemple.fr')).status).toBe(404)
    const rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
    const { rows } = (await (await api.request('/v1/deployment/recipients', { as: rssi })).json()) as {
      rows: Recipient[]
    }
    expect(rows.map(({ academie, mail }) => [academie, mail])).toEqual([['98', 'suivi@exemple.fr']])
  })
})

describe('the weekly report', () => {
  it('is made from Friday morning on, and made up for when nothing ran that day', async () => {
    clock.set('2026-11-20T05:59:00Z')
    expect(await report()).toBe(0)
    clock.set('2026-11-23T08:00:00Z')
    expect(await report()).toBe(1)
    expect(await report()).toBe(0)
    const [mail] = await mails()
    expect(mail).toMatchObject({ purpose: 'weekly:98:2026-11-20', recipients: ['suivi@exemple.fr'] })
    expect(mail?.body).toContain('comptées le 23 novembre 2026')
    expect(await frozen('2026-11-20')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ departement: '991', activated: 2, handedToDirecteurs: 2 }),
        expect.objectContaining({ departement: '992', activated: 0, handedToDirecteurs: 0 }),
      ]),
    )
  })

  it('is made once, whatever the number of processes and of runs', async () => {
    clock.set('2026-11-27T08:00:00Z')
    const made = await Promise.all(Array.from({ length: 5 }, report))
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await report()).toBe(0)
    expect((await mails()).filter(({ purpose }) => purpose === 'weekly:98:2026-11-27')).toHaveLength(1)
    expect(await frozen('2026-11-27')).toHaveLength(2)
  })

  it('stays as it was counted, whatever happens to keys since, and draws the trend', async () => {
    clock.set('2026-11-30T08:00:00Z')
    diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    const ecole = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
    await aHeldKey(api.deps, (await aHolder(api.deps, { uai: ecole })).id)
    clock.set('2026-12-04T08:00:00Z')
    diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    await report()
    const { trend, lastReport, nextReport, now } = await deployment()
    expect(trend.map(({ friday, activated }) => [friday, activated])).toEqual([
      ['2026-11-20', 2],
      ['2026-11-27', 2],
      ['2026-12-04', 3],
    ])
    expect(now.activated).toBe(3)
    expect(lastReport).toMatchObject({ friday: '2026-12-04', mail: { status: 'waiting' } })
    expect(nextReport).toEqual({ friday: '2026-12-11', at: '2026-12-11T06:00:00.000Z' })
  })

  it('is sent to nobody when nobody asked for it, and is frozen all the same', async () => {
    await api.request('/v1/deployment/recipients/suivi%40exemple.fr', { method: 'DELETE', as: diaser })
    clock.set('2026-12-11T08:00:00Z')
    expect(await report()).toBe(1)
    expect((await mails()).map(({ purpose }) => purpose)).not.toContain('weekly:98:2026-12-11')
  })
})

describe('the words of the report', () => {
  const rows = (activated: number) => [
    { departement: '991', activated, handedToDirecteurs: 10, activatedByDirecteurs: 9 },
    { departement: '992', activated: 1, handedToDirecteurs: 0, activatedByDirecteurs: 0 },
  ]
  const base = {
    academie: '98',
    friday: '2026-11-20',
    countedOn: null,
    page: 'https://vigie.exemple.fr/deploiement',
  }

  it('tell the figures, the table by département and the change since the last one', () => {
    const { subject, body } = reportText({
      ...base,
      rows: rows(15),
      previous: { friday: '2026-11-13', rows: rows(12) },
    })
    expect(subject).toBe('Clés OTP, Académie de Valmont : relevé du vendredi 20 novembre 2026')
    expect(body).toContain('16 clés activées ; 10 clés remises à des directeurs d’école, dont 9 activées.')
    expect(body).toContain('Cela fait 3 clés activées de plus depuis le relevé du 13 novembre 2026.')
    expect(body).toMatch(/Haute-Brume \(991\)\s+15 \(\+ 3\)\s+10 \(=\)\s+9 \(=\)/)
    expect(body).toMatch(/Académie\s+16 \(\+ 3\)/)
    expect(body).toContain('https://vigie.exemple.fr/deploiement')
  })

  it('say so when there is nothing to compare with', () => {
    const { body } = reportText({ ...base, rows: rows(1), previous: null })
    expect(body).toContain('premier relevé')
    expect(body).not.toContain('(=)')
  })
})
