import { createApp } from '@vigie/api'
import type { Actor } from '@vigie/api/access'
import type { Database } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aStatus, keepStatuses } from '@vigie/test/support/statuses.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { after, collectiviteName } from './labels.ts'
import { listEtablissements } from './list-etablissements.ts'
import { listQuery, type ListQuery } from './schema.ts'

const as = (role: Role, kind: 'academie' | 'departement' | 'etablissement', code: string): Actor => ({
  kind: 'account',
  id: '00000000-0000-4000-8000-00000000000a',
  login: role,
  displayName: role,
  grants: [{ role, perimeter: { kind, code } }],
})
const rssi = as('rssi', 'academie', '98')

let db: Database
const ecole = anEtablissement().with({ name: 'École Élise-Deroche', commune: 'Brumeval', pupils: 80 })
const college = anEtablissement()
  .inDepartement('992')
  .with({ name: 'Collège du Val', commune: 'Saint-Aubin' })
  .college()
  .with({ name: 'Collège 100 % numérique' })
const lycee = anEtablissement().with({
  name: 'Lycée des Pins',
  type: 'lycee_polyvalent',
  degree: 'd2',
  collectivite: 'region:98',
})
const silent = anEtablissement().with({ name: 'Zénith', commune: 'Zed' })
const closed = anEtablissement().with({ name: 'Fermée', state: 'ferme' })
const abroad = anEtablissement().inAcademie('97').with({ name: 'Ailleurs' })

beforeAll(async () => {
  db = await aDatabase()
  for (const each of [ecole, college, lycee, silent, closed, abroad]) await each.insert(db)
  await keepStatuses(db, { uai: ecole.uai, degree: 'd1' }, [
    aStatus(ecole.uai, 'MCO-SVG-1', 'non_compliant'),
    aStatus(ecole.uai, 'INF-PDT-8', 'unknown', { unknownReason: 'stale' }),
  ])
  await keepStatuses(db, { uai: college.uai, degree: 'd2' }, [
    aStatus(college.uai, 'MCO-SVG-1', 'compliant'),
    aStatus(college.uai, 'MCO-SVG-2', 'compliant'),
  ])
  await keepStatuses(db, { uai: lycee.uai, degree: 'd2' }, [aStatus(lycee.uai, 'MCO-SVG-1', 'compliant')])
})
afterAll(() => db.close())

const list = (query: Partial<Record<keyof ListQuery, string>> = {}, actor: Actor = rssi) =>
  listEtablissements(contextOf(depsOn(db), actor), listQuery.parse(query))
const names = async (query: Partial<Record<keyof ListQuery, string>>, actor?: Actor) =>
  (await list(query, actor)).rows.map(({ name }) => name)

describe('the list of establishments', () => {
  it('shows the open ones of the perimeter, sorted by name without regard to accents', async () => {
    expect(await names({})).toEqual([
      'Collège 100 % numérique',
      'École Élise-Deroche',
      'Lycée des Pins',
      'Zénith',
    ])
    expect(await names({}, as('osp', 'departement', '992'))).toEqual(['Collège 100 % numérique'])
  })

  it.each([
    [{ q: 'elise deroche' }, ['École Élise-Deroche']],
    [{ q: 'brumeval' }, ['École Élise-Deroche']],
    [{ q: '100 %' }, ['Collège 100 % numérique']],
    [{ q: '_' }, []],
    [{ type: 'college,lycee_polyvalent' }, ['Collège 100 % numérique', 'Lycée des Pins']],
    [{ degree: 'd1' }, ['École Élise-Deroche', 'Zénith']],
    [{ departement: '992' }, ['Collège 100 % numérique']],
    [{ collectivite: 'region:98' }, ['Lycée des Pins']],
    [{ service: 'MCO-SVG', status: 'non_compliant' }, ['École Élise-Deroche']],
    [{ requirement: 'MCO-SVG-1', status: 'compliant' }, ['Collège 100 % numérique', 'Lycée des Pins']],
    [{ requirement: 'MCO-SVG-1', status: 'unknown' }, ['Zénith']],
    [{ requirement: 'MCO-SVG-2', status: 'unknown' }, ['École Élise-Deroche', 'Lycée des Pins', 'Zénith']],
    [{ freshness: 'stale' }, ['École Élise-Deroche']],
    [{ freshness: 'never' }, ['Zénith']],
    [{ freshness: 'fresh' }, ['Collège 100 % numérique', 'Lycée des Pins']],
  ] as const)('filters by %o', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  it('sorts what was never evaluated last, both ways', async () => {
    expect((await names({ sort: 'MCO-SVG', direction: 'desc' })).at(0)).toBe('Collège 100 % numérique')
    expect((await names({ sort: 'MCO-SVG', direction: 'desc' })).at(-1)).toBe('Zénith')
    expect((await names({ sort: 'coverage', direction: 'asc' })).at(-1)).toBe('Zénith')
  })

  it('cuts pages that never overlap, even among equals', async () => {
    const pages = await Promise.all(
      ['1', '2', '3', '4', '5'].map((page) => list({ sort: 'commune', pageSize: '1', page })),
    )
    const uais = pages.flatMap(({ rows }) => rows.map(({ uai }) => uai))
    expect(new Set(uais).size).toBe(4)
    expect(pages.map(({ total }) => total)).toEqual([4, 4, 4, 4, 4])
    expect(pages[4]?.rows).toEqual([])
  })

  it('counts a facet under every filter but its own', async () => {
    const { total, facets } = await list({ degree: 'd2', type: 'college' })
    expect(total).toBe(1)
    expect(facets.types.map(({ code, count }) => [code, count])).toEqual([
      ['college', 1],
      ['lycee_polyvalent', 1],
    ])
    expect(facets.degrees).toEqual([{ code: 'd2', label: 'Second degré', count: 1 }])
  })

  it('gives the fifteen services in order, with the figure and the worst sign', async () => {
    const { rows } = await list({ q: 'elise' })
    const [row] = rows
    expect(row?.services).toHaveLength(15)
    expect(row?.services.find(({ service }) => service === 'MCO-SVG')).toEqual({
      service: 'MCO-SVG',
      share: { numerator: 0, denominator: 9, rate: 0 },
      status: 'non_compliant',
    })
  })

  it('gives no figure, rather than zero, before the first evaluation', async () => {
    const [row] = (await list({ q: 'zenith' })).rows
    expect(row).toMatchObject({ exige: null, index: null, coverage: null })
    expect(row?.services[0]).toMatchObject({ share: null, status: 'unknown' })
  })
})

describe('over HTTP', () => {
  const get = (path: string, actor: Actor = rssi) =>
    createApp(depsOn(db), () => Promise.resolve(actor)).request(path)

  it('reads one establishment with its scores', async () => {
    const answer = await get(`/v1/etablissements/${ecole.uai.toLowerCase()}`)
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as Record<string, unknown>
    expect(body).toMatchObject({
      name: 'École Élise-Deroche',
      typeLabel: 'École primaire',
      departement: { code: '991', name: 'Haute-Brume' },
      collectivite: { name: 'Commune de Brumeval' },
      counts: { non_compliant: 1, unknown: 162, stale: 1 },
      lastEvaluatedAt: '2026-11-16T06:00:00.000Z',
    })
  })

  it('answers 404 outside the perimeter, 403 to a committee, 422 to a filter that does not exist', async () => {
    expect((await get(`/v1/etablissements/${abroad.uai}`)).status).toBe(404)
    const head = as('chef_etablissement', 'etablissement', college.uai)
    expect((await get(`/v1/etablissements/${college.uai}`, head)).status).toBe(200)
    for (const path of ['', '/bulletin', '/requirements', '/requirements/MCO-SVG-1'])
      expect((await get(`/v1/etablissements/${ecole.uai}${path}`, head)).status).toBe(404)
    expect((await get('/v1/etablissements', as('comite', 'academie', '98'))).status).toBe(403)
    expect((await get('/v1/etablissements?type=chateau')).status).toBe(422)
    expect((await get('/v1/etablissements?requirement=INF-ZZZ-1')).status).toBe(422)
    expect((await get('/v1/etablissements', { kind: 'anonymous' })).status).toBe(401)
  })

  it('still shows a closed establishment to who asks for it by its UAI', async () => {
    expect((await get(`/v1/etablissements/${closed.uai}`)).status).toBe(200)
  })
})

describe('names of places', () => {
  it.each([
    ['Le Mans', 'du Mans'],
    ['Les Ulis', 'des Ulis'],
    ['Albi', 'd’Albi'],
    ['Évry', 'd’Évry'],
    ['La Rochelle', 'de La Rochelle'],
  ])('%s gives « %s »', (name, expected) => {
    expect(after(name)).toBe(expected)
  })

  it('names each kind of collectivité', () => {
    expect(collectiviteName('commune:99001', 'Brumeval')).toBe('Commune de Brumeval')
    expect(collectiviteName('departement:034', null)).toBe('Département Hérault')
    expect(collectiviteName('region:76', null)).toBe('Région Occitanie')
  })
})
