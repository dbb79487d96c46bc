import { schema, type Database } from '@vigie/db'
import { REQUIREMENTS } from '@vigie/rules'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let db: Database
let api: Api
let rssi: Credentials
let head: Credentials
let foreigner: Credentials
let uai: string
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  uai = await anEtablissement().inAcademie('98').inDepartement('991').insert(db)
  await anEtablissement().inAcademie('97').inDepartement('994').insert(db)
  rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
  foreigner = await api.signIn('rssi', { kind: 'academie', code: '97' })
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
})
afterAll(() => db.close())

const catalogOf = (...controls: object[]) => ({
  catalog: {
    uuid: '3f0c1c1e-7f0e-4d6a-9a37-1f1d2f0b7a10',
    metadata: { title: 'Référentiel d’essai', version: '3' },
    groups: [{ id: 'g', title: 'Groupe', controls }],
  },
})
const read = async <T>(path: string, as = head): Promise<T> =>
  (await (await api.request(path, { as })).json()) as T
const bring = (id: string, catalog: unknown, as = rssi, academie = '98') =>
  api.request('/v1/frameworks', { method: 'POST', json: { id, academie, catalog }, as })
const rowsOfTable = () => db.asOwner((tx) => tx.select().from(schema.frameworkControl))

interface Detail {
  controls: number
  mapped: number
  origin: string
  rows: { id: string; group: string; requirements: string[] }[]
}
interface Standing {
  compliant: number
  applicable: number
  rows: { id: string; verdict: string; met: number; requirements: { id: string; status: string }[] }[]
}

describe('frameworks', () => {
  it('come with Vigie: CARINE, and the measures of a small structure read through it', async () => {
    const { rows } = await read<{ rows: { id: string; controls: number; mapped: number }[] }>(
      '/v1/frameworks',
    )
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'carine', controls: REQUIREMENTS.length, mapped: REQUIREMENTS.length }),
        expect.objectContaining({ id: 'hygiene', controls: 58, mapped: 57 }),
      ]),
    )
  })

  it('are refused, or read for what they say, when a catalogue is hostile', async () => {
    const nul = catalogOf({ id: 'm-1', title: 'Titre\u0000' })
    expect((await bring('hostile-nul', nul)).status).toBe(422)
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const text = JSON.stringify({
      id: 'hostile-deep',
      academie: '98',
      catalog: catalogOf({ id: 'm', title: 'M' }),
    })
    const response = await api.request('/v1/frameworks', {
      method: 'POST',
      as: rssi,
      body: text.replace('"metadata":{', `"metadata":{"links":${deep},`),
      headers: { 'Content-Type': 'application/json' },
    })
    expect(response.status).toBe(201)
  })

  it('say where an establishment stands, through what CARINE counts for it', async () => {
    const declare = (requirement: string, verdict: string) =>
      api.request(`/v1/etablissements/${uai}/declarations/${requirement}`, {
        method: 'PUT',
        json: { verdict, comment: 'Vu sur place.' },
        as: head,
      })
    expect((await declare('INF-AUT-7', 'compliant')).status).toBe(200)
    expect((await declare('INF-AUT-6', 'non_compliant')).status).toBe(200)
    const standing = await read<Standing>(`/v1/etablissements/${uai}/frameworks/hygiene`)
    const verdictOf = (requirement: string) =>
      standing.rows.find(({ requirements }) => requirements.some(({ id }) => id === requirement))?.verdict
    expect(verdictOf('INF-AUT-7')).toBe('compliant')
    expect(verdictOf('INF-AUT-6')).toBe('non_compliant')
    expect(verdictOf('MCO-SVG-3')).toBe('unknown')
    expect(standing).toMatchObject({ compliant: 1, applicable: 58 })
  })

  it('are imported from an OSCAL catalog, then mapped by the académie that brought them', async () => {
    const props = [{ name: 'carine', value: 'INF-AUT-7' }]
    const answer = await bring(
      'local',
      catalogOf({ id: 'a-1', title: 'A', props }, { id: 'a-2', title: 'B' }),
    )
    expect(answer.status).toBe(201)
    expect(await read<Detail>('/v1/frameworks/local')).toMatchObject({
      controls: 2,
      mapped: 1,
      origin: 'imported',
      rows: [
        { id: 'a-1', group: 'Groupe', requirements: ['INF-AUT-7'] },
        { id: 'a-2', requirements: [] },
      ],
    })
    const { rows } = await read<{ rows: { id: string }[] }>('/v1/frameworks')
    expect(rows.find(({ id }) => id === 'local')).toMatchObject({ controls: 2, mapped: 1, academie: '98' })
    const map = (as: Credentials) =>
      api.request('/v1/frameworks/local/controls/a-2/requirements', {
        method: 'PUT',
        json: { requirements: ['INF-AUT-6', 'INF-AUT-7'] },
        as,
      })
    expect((await map(foreigner)).status).toBe(403)
    expect((await map(head)).status).toBe(403)
    expect((await map(rssi)).status).toBe(204)
    const standing = await read<Standing>(`/v1/etablissements/${uai}/frameworks/local`)
    expect(standing.rows.map(({ id, verdict, met }) => [id, verdict, met])).toEqual([
      ['a-1', 'compliant', 1],
      ['a-2', 'partial', 1],
    ])
  })

  it('are related to CARINE by an OSCAL mapping brought with the catalogue, or refused with it', async () => {
    const item = (id: string) => ({ type: 'control', 'id-ref': id })
    const collection = (requirement: string) => ({
      'mapping-collection': {
        mappings: [
          {
            maps: [
              { relationship: 'subset-of', sources: [item('b-1')], targets: [item(requirement)] },
              { relationship: 'no-relationship', sources: [item('b-2')], targets: [item('INF-AUT-6')] },
            ],
          },
        ],
      },
    })
    const props = [{ name: 'carine', value: 'INF-AUT-7' }]
    const catalog = catalogOf({ id: 'b-1', title: 'A', props }, { id: 'b-2', title: 'B' })
    const send = (id: string, mapping: object) =>
      api.request('/v1/frameworks', {
        method: 'POST',
        json: { id, academie: '98', catalog, mapping },
        as: rssi,
      })
    const refused = await send('relie', collection('INF-AUT-99'))
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      errors: [{ pointer: '/mapping/mapping-collection/mappings/0/maps/0/targets/0/id-ref' }],
    })
    expect((await api.request('/v1/frameworks/relie', { as: rssi })).status).toBe(404)
    expect((await send('relie', collection('INF-AUT-6'))).status).toBe(201)
    expect((await read<Detail>('/v1/frameworks/relie')).rows.map(({ requirements }) => requirements)).toEqual(
      [expect.toSatisfy((held: string[]) => held.toSorted().join() === 'INF-AUT-6,INF-AUT-7'), []],
    )
  })

  it('are exported as OSCAL and read back the same', async () => {
    const document = await read<{ catalog: object }>('/v1/frameworks/carine/catalog', rssi)
    expect((await bring('carine-copie', document)).status).toBe(201)
    const copy = await read<Detail>('/v1/frameworks/carine-copie')
    const original = await read<Detail>('/v1/frameworks/carine')
    expect(copy.rows).toEqual(original.rows)
    expect(
      (await api.request('/v1/frameworks/carine-copie', { method: 'DELETE', as: foreigner })).status,
    ).toBe(403)
    expect((await api.request('/v1/frameworks/carine-copie', { method: 'DELETE', as: rssi })).status).toBe(
      204,
    )
    expect((await api.request('/v1/frameworks/carine-copie', { as: rssi })).status).toBe(404)
  })

  it('are refused whole, naming each fault, when the catalog is wrong', async () => {
    const before = (await rowsOfTable()).length
    const wrong = { id: 'a', title: 'A', props: [{ name: 'carine', value: 'INF-AUT-99' }] }
    const answer = await bring('faux', catalogOf({ id: 'ok', title: 'B' }, wrong))
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: '/catalog/catalog/groups/0/controls/1/props/0/value' }],
    })
    expect((await rowsOfTable()).length).toBe(before)
  })

  it('keep their names: one that is taken is refused, those of Vigie never change', async () => {
    expect((await bring('hygiene', catalogOf({ id: 'a', title: 'A' }))).status).toBe(409)
    expect((await api.request('/v1/frameworks/carine', { method: 'DELETE', as: rssi })).status).toBe(409)
    expect((await bring('ailleurs', catalogOf({ id: 'a', title: 'A' }), rssi, '97')).status).toBe(422)
  })
})
