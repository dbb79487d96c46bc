import { schema, type Database, type Identity } from '@vigie/db'
import { rowsOf } from '@vigie/db'
import { REQUIREMENTS } from '@vigie/rules'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type { comparisonSchema } from '@vigie/api/features/campaigns/frozen-schema.ts'
import type {
  campaignSchema,
  ownCampaignsSchema,
  perimetersSchema,
  progressSchema,
} from '@vigie/api/features/campaigns/schema.ts'
import { openAccount } from '../support/account.ts'
import { anApi, cookieOf, PASSWORD, type Api, type Credentials } from '../support/api.ts'
import { aDraft, anOpenCampaign } from '../support/campaign.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aStatus, keepStatuses } from '../support/statuses.ts'

type Campaign = z.infer<typeof campaignSchema>
type Progress = z.infer<typeof progressSchema>
type Comparison = z.infer<typeof comparisonSchema>

const SVG = REQUIREMENTS.filter(({ service }) => service === 'MCO-SVG').map(({ id }) => id)

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
const send = (method: string, path: string, json: unknown = undefined, as: Credentials = rssi) =>
  api.request(path, { method, as, ...(json === undefined ? {} : { json }) })

let bassins = 0
/** A bassin of its own with some schools; the first has three statuses on backups. */
async function aPlace(count = 3) {
  const bassin = `B${(bassins += 1)}`
  const uais: string[] = []
  for (let index = 0; index < count; index += 1)
    uais.push(
      await anEtablissement()
        .with({ bassin, name: `École ${bassin} ${index}` })
        .insert(db),
    )
  const [first = ''] = uais
  await keepStatuses(db, { uai: first, degree: 'd1' }, [
    aStatus(first, 'MCO-SVG-1', 'compliant'),
    aStatus(first, 'MCO-SVG-2', 'non_compliant'),
    aStatus(first, 'MCO-SVG-3', 'unknown', { unknownReason: 'stale' }),
  ])
  return { perimeter: { kind: 'bassin', code: bassin }, uais, first }
}

async function anOfficer(role: 'osp' | 'ien', code: string) {
  const login = `${role}.${api.deps.random.uuid().slice(0, 8)}`
  const kind = role === 'osp' ? 'departement' : 'circonscription'
  const id = await openAccount(api.deps, {
    login,
    password: PASSWORD,
    grants: [{ role, perimeter: { kind, code } }],
  })
  return { id, as: { Cookie: cookieOf(await api.enter(login, PASSWORD)) } }
}

describe('the perimeters to choose from', () => {
  it('are those where the reader sees open schools, by their names', async () => {
    const school = (changes: object) =>
      anEtablissement()
        .with({ bassin: 'BRUMEVAL', bassinName: 'Bassin de Brumeval', ...changes })
        .insert(db)
    await school({ communeCode: '99177', commune: 'Orsac', collectivite: 'commune:99177' })
    await school({ state: 'ferme' })
    await school({ academie: '99', bassin: 'AILLEURS' })
    const { rows } = await get<z.infer<typeof perimetersSchema>>('/v1/campaign-perimeters')
    expect(rows).toContainEqual({
      kind: 'bassin',
      code: 'BRUMEVAL',
      label: 'Bassin de Brumeval',
      etablissements: 1,
    })
    expect(rows).toContainEqual({
      kind: 'collectivite',
      code: 'commune:99177',
      label: 'Commune d’Orsac',
      etablissements: 1,
    })
    expect(rows.filter(({ kind }) => kind === 'academie').map(({ code }) => code)).toEqual(['98'])
    expect(rows.map(({ code }) => code)).not.toContain('AILLEURS')
    const reader = await api.signIn('aqssi', { kind: 'academie', code: '98' })
    expect((await send('GET', '/v1/campaign-perimeters', undefined, reader)).status).toBe(403)
  })
})

describe('a draft', () => {
  it('tells what its opening would take, and asks nothing of anyone', async () => {
    const place = await aPlace()
    const id = await aDraft(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const campaign = await get<Campaign>(`/v1/campaigns/${id}`)
    expect(campaign).toMatchObject({
      state: 'draft',
      preview: { etablissements: 3, requirements: SVG.length, officers: 0 },
      actions: ['change', 'remove', 'open'],
      snapshots: [],
    })
    const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: place.first })
    expect((await send('GET', `/v1/campaigns/${id}`, undefined, head)).status).toBe(404)
  })

  it('is changed and given up, while it is a draft only', async () => {
    const place = await aPlace()
    const id = await aDraft(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    expect(
      (await send('PATCH', `/v1/campaigns/${id}`, { requirements: ['INF-AUT-13'], degree: 'd2' })).status,
    ).toBe(204)
    expect((await get<Campaign>(`/v1/campaigns/${id}`)).preview).toEqual({
      etablissements: 0,
      requirements: 1,
      officers: 0,
    })
    const nobody = await send('POST', `/v1/campaigns/${id}/opening`)
    expect(nobody.status).toBe(409)
    expect(await nobody.text()).toContain('périmètre')
    expect((await send('DELETE', `/v1/campaigns/${id}`)).status).toBe(204)
    expect((await send('GET', `/v1/campaigns/${id}`)).status).toBe(404)
  })

  it('is refused without a requirement, on nothing, or on dates that cannot be', async () => {
    const place = await aPlace()
    const body = {
      name: 'Essai',
      purpose: 'Voir ce qui est refusé.',
      startsOn: '2026-11-16',
      endsOn: '2026-12-18',
      perimeter: place.perimeter,
      services: ['MCO-SVG'],
    }
    for (const change of [
      { services: [] },
      { services: ['ABC-DEF'] },
      { requirements: ['INF-AUT-999'] },
      { perimeter: { kind: 'bassin', code: 'nulle part' } },
      { perimeter: undefined },
      { endsOn: '2026-11-15' },
      { startsOn: '2027-01-01' },
    ])
      expect(
        (await send('POST', '/v1/campaigns', { ...body, ...change })).status,
        JSON.stringify(change),
      ).toBe(422)
    const osp = (await anOfficer('osp', '991')).as
    expect((await send('POST', '/v1/campaigns', body, osp)).status).toBe(403)
  })
})

describe('opening', () => {
  it('freezes every establishment at once, with the points of the rules', async () => {
    const place = await aPlace()
    const id = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.campaignSnapshot).where(eq(schema.campaignSnapshot.campaignId, id)),
    )
    expect(rows.map(({ uai, phase }) => [uai, phase]).toSorted()).toEqual(
      place.uais.map((uai) => [uai, 'opening']).toSorted(),
    )
    const first = rows.find(({ uai }) => uai === place.first)
    expect(first?.statuses).toMatchObject({
      'MCO-SVG-1': { status: 'compliant', counted: 'compliant', basis: 'observed' },
      'MCO-SVG-2': { counted: 'non_compliant' },
    })
    const demanded = REQUIREMENTS.filter(
      ({ id: own, levels }) => SVG.includes(own) && levels.d1 === 'E',
    ).length
    expect(first).toMatchObject({ eApplicable: demanded, applicable: SVG.length, fresh: 2 })
    const progress = await get<Progress>(`/v1/campaigns/${id}/progress`)
    expect(progress.totals).toMatchObject({
      etablissements: 3,
      total: 3 * SVG.length,
      observed: 2,
      answered: 0,
      untouched: 3,
    })
    expect((await send('POST', `/v1/campaigns/${id}/opening`)).status).toBe(409)
    expect((await send('PATCH', `/v1/campaigns/${id}`, { name: 'Autre nom' })).status).toBe(409)
    expect((await send('DELETE', `/v1/campaigns/${id}`)).status).toBe(409)
  })

  it('lets no role of the application change or take away what is frozen', async () => {
    const place = await aPlace(1)
    const id = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const identities: Identity[] = [
      { role: 'vigie_app', perimeters: [{ kind: 'academie', code: '98' }] },
      { role: 'vigie_worker' },
    ]
    for (const identity of identities)
      for (const statement of [
        sql`update campaign_snapshot set e_points = 99 where campaign_id = ${id}`,
        sql`delete from campaign_snapshot where campaign_id = ${id}`,
        sql`insert into campaign_snapshot select * from campaign_snapshot where campaign_id = ${id}`,
      ])
        await expect(db.transact(identity, (tx) => tx.execute(statement))).rejects.toThrow()
  })
})

describe('progress', () => {
  it('follows declarations and evaluations as they come', async () => {
    const place = await aPlace()
    const id = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const [, second = ''] = place.uais
    const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: second })
    const declare = (requirement: string) =>
      send(
        'PUT',
        `/v1/etablissements/${second}/declarations/${requirement}`,
        { verdict: 'compliant', comment: 'Vérifié ce matin.' },
        head,
      )
    expect((await declare('MCO-SVG-4')).status).toBe(200)
    expect((await declare('INF-AUT-2')).status).toBe(200)
    expect((await declare('MCO-SVG-4')).status).toBe(200)
    const { rows } = await get<Progress>(`/v1/campaigns/${id}/progress?q=${second}`)
    expect(rows).toMatchObject([{ uai: second, answered: 1, observed: 0, total: SVG.length }])
    const own = await get<z.infer<typeof ownCampaignsSchema>>(`/v1/etablissements/${second}/campaigns`, head)
    expect(own.rows).toMatchObject([{ id, answered: 1, overdue: false, endsOn: '2026-12-18' }])
    expect((await get<Progress>(`/v1/campaigns/${id}/progress`, head)).totals.etablissements).toBe(1)
  })

  it('narrows and pages by département, officer, state and words', async () => {
    const place = await aPlace(4)
    const id = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const totalOf = async (query: string) =>
      (await get<Progress>(`/v1/campaigns/${id}/progress?${query}`)).total
    const osp = await anOfficer('osp', '991')
    await send('PUT', `/v1/campaigns/${id}/etablissements/${place.first}`, {
      officer: osp.id,
      visitOn: '2026-11-20',
    })
    expect(await totalOf('departement=991')).toBe(4)
    expect(await totalOf('departement=992')).toBe(0)
    expect(await totalOf(`officer=${osp.id}`)).toBe(1)
    expect(await totalOf('officer=none')).toBe(3)
    expect(await totalOf('state=to_visit')).toBe(1)
    expect(await totalOf('state=untouched')).toBe(4)
    expect(await totalOf('state=late')).toBe(0)
    expect(await totalOf('q=nulle')).toBe(0)
    const page = await get<Progress>(`/v1/campaigns/${id}/progress?pageSize=3&page=2&sort=visit`)
    expect(page).toMatchObject({ total: 4, rows: [{ officer: null }] })
    expect((await get<Progress>(`/v1/campaigns/${id}/progress?officer=me`, osp.as)).total).toBe(1)
    const officers = await get<{ rows: { officer: { id: string } | null; etablissements: number }[] }>(
      `/v1/campaigns/${id}/progress/officers`,
    )
    expect(officers.rows).toMatchObject([
      { officer: { id: osp.id }, etablissements: 1 },
      { officer: null, etablissements: 3 },
    ])
    const services = await get<{ rows: unknown[] }>(`/v1/campaigns/${id}/progress/services`)
    expect(services.rows).toMatchObject([
      { service: 'MCO-SVG', total: 4 * SVG.length, observed: 2, answered: 0 },
    ])
  })
})

describe('assignment', () => {
  it('is made in bulk, by names or by filter, to an officer of that sector', async () => {
    const place = await aPlace(3)
    const id = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const osp = await anOfficer('osp', '991')
    const stranger = await anOfficer('osp', '992')
    const candidates = await get<{ rows: { id: string }[] }>(`/v1/campaigns/${id}/officers`)
    const ids = candidates.rows.map((row) => row.id)
    expect(ids).toContain(osp.id)
    expect(ids).not.toContain(stranger.id)
    const assign = (json: unknown) => send('PUT', `/v1/campaigns/${id}/assignments`, json)
    const refused = await assign({ uais: place.uais, officer: stranger.id })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('3 de ces établissements')
    expect((await assign({ uais: place.uais })).status).toBe(422)
    expect((await assign({ officer: osp.id })).status).toBe(422)
    expect((await assign({ uais: place.uais, visitOn: '2027-01-10' })).status).toBe(422)
    expect((await assign({ uais: [...place.uais, '0990000A'], officer: osp.id })).status).toBe(404)
    const done = await assign({ filter: { q: 'École' }, officer: osp.id, visitOn: '2026-11-30' })
    expect(await done.json()).toEqual({ etablissements: 3 })
    await assign({ uais: [place.first], officer: null })
    const { rows } = await get<Progress>(`/v1/campaigns/${id}/progress`)
    expect(rows.map(({ officer, visitOn }) => [officer?.id ?? null, visitOn])).toEqual([
      [null, '2026-11-30'],
      [osp.id, '2026-11-30'],
      [osp.id, '2026-11-30'],
    ])
  })
})

describe('closing', () => {
  it('is confirmed by a person, freezes again, and nothing moves afterwards', async () => {
    const place = await aPlace(2)
    const id = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const [, second = ''] = place.uais
    const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: second })
    const declare = (verdict: string) =>
      send(
        'PUT',
        `/v1/etablissements/${second}/declarations/MCO-SVG-1`,
        { verdict, comment: 'Vérifié ce matin.' },
        head,
      )
    await declare('compliant')
    expect((await send('POST', `/v1/campaigns/${id}/closing`, { confirmed: false })).status).toBe(422)
    expect((await send('POST', `/v1/campaigns/${id}/closing`, { confirmed: true })).status).toBe(200)
    const before = await get<Campaign>(`/v1/campaigns/${id}`)
    const progress = await get<Progress>(`/v1/campaigns/${id}/progress`)
    await declare('non_compliant')
    expect(await get<Campaign>(`/v1/campaigns/${id}`)).toEqual(before)
    expect(await get<Progress>(`/v1/campaigns/${id}/progress`)).toEqual(progress)
    expect(before).toMatchObject({
      state: 'closed',
      actions: [],
      snapshots: [{ phase: 'opening' }, { phase: 'closing' }],
    })
    expect((await send('POST', `/v1/campaigns/${id}/closing`, { confirmed: true })).status).toBe(409)
  })

  it('says that its end is past and waits for someone', async () => {
    const place = await aPlace(1)
    const id = await anOpenCampaign(api, rssi, {
      perimeter: place.perimeter,
      services: ['MCO-SVG'],
      endsOn: '2026-11-17',
    })
    expect((await get<Campaign>(`/v1/campaigns/${id}`)).overdue).toBe(false)
    clock.set('2026-11-18T09:00:00Z')
    const later = await api.signIn('rssi', { kind: 'academie', code: '98' })
    expect(await get<Campaign>(`/v1/campaigns/${id}`, later)).toMatchObject({ overdue: true, state: 'open' })
    clock.set('2026-11-16T09:00:00Z')
    rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
  })
})

describe('a campaign that starts from an earlier one', () => {
  it('takes its perimeter, requirements and officers, never its answers', async () => {
    const place = await aPlace(2)
    const former = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const osp = await anOfficer('osp', '991')
    await send('PUT', `/v1/campaigns/${former}/assignments`, {
      uais: place.uais,
      officer: osp.id,
      visitOn: '2026-11-20',
    })
    const [, second = ''] = place.uais
    const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: second })
    await send(
      'PUT',
      `/v1/etablissements/${second}/declarations/MCO-SVG-4`,
      { verdict: 'compliant', comment: 'Vérifié ce matin.' },
      head,
    )
    await send('POST', `/v1/campaigns/${former}/closing`, { confirmed: true })
    clock.advance(60_000)
    const id = await aDraft(api, rssi, { basedOn: former })
    expect(await get<Campaign>(`/v1/campaigns/${id}`)).toMatchObject({
      basedOn: { id: former },
      preview: { etablissements: 2, requirements: SVG.length, officers: 1 },
    })
    await send('POST', `/v1/campaigns/${id}/opening`)
    const { rows, totals } = await get<Progress>(`/v1/campaigns/${id}/progress`)
    expect(totals).toMatchObject({ answered: 0, assigned: 2, visited: 0, planned: 0 })
    expect(rows.every(({ officer }) => officer?.id === osp.id)).toBe(true)
  })

  it('takes over no officer who left, or whose perimeter no longer holds the school', async () => {
    const place = await aPlace(3)
    const former = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, services: ['MCO-SVG'] })
    const officers = await Promise.all([0, 1, 2].map(() => anOfficer('osp', '991')))
    for (const [index, uai] of place.uais.entries())
      await send('PUT', `/v1/campaigns/${former}/etablissements/${uai}`, { officer: officers[index]!.id })
    await db.transact({ role: 'vigie_auth' }, async (tx) => {
      const { account, roleGrant } = schema
      await tx
        .update(account)
        .set({ disabledAt: clock.now() })
        .where(sql`${account.id} = ${officers[0]!.id}`)
      await tx
        .update(roleGrant)
        .set({ perimeterCode: '992' })
        .where(sql`${roleGrant.accountId} = ${officers[1]!.id}`)
    })
    const id = await aDraft(api, rssi, { basedOn: former })
    expect((await get<Campaign>(`/v1/campaigns/${id}`)).preview).toMatchObject({ officers: 1 })
    await send('POST', `/v1/campaigns/${id}/opening`)
    const { rows } = await get<Progress>(`/v1/campaigns/${id}/progress`)
    const assigned = new Map(rows.map(({ uai, officer }) => [uai, officer?.id ?? null]))
    expect(place.uais.map((uai) => assigned.get(uai))).toEqual([null, null, officers[2]!.id])
  })
})

describe('comparison', () => {
  it('tells what improved, worsened, did not move or cannot be compared, with its denominators', async () => {
    const place = await aPlace(2)
    const asked = ['MCO-SVG-1', 'MCO-SVG-2', 'MCO-SVG-3']
    const id = await anOpenCampaign(api, rssi, { perimeter: place.perimeter, requirements: asked })
    const status = schema.requirementStatus
    const set = (requirement: string, counted: 'compliant' | 'partial' | 'non_compliant') =>
      db.transact({ role: 'vigie_worker' }, (tx) =>
        tx
          .update(status)
          .set({ status: counted, counted })
          .where(sql`${status.uai} = ${place.first} and ${status.requirement} = ${requirement}`),
      )
    await set('MCO-SVG-1', 'partial')
    await set('MCO-SVG-2', 'compliant')
    await send('POST', `/v1/campaigns/${id}/closing`, { confirmed: true })
    const own = await get<Comparison>(`/v1/campaign-comparison?left=${id}:opening&right=${id}:closing`)
    expect(own.all).toMatchObject({
      moves: { improved: 1, worsened: 1, unchanged: 4, not_comparable: 0 },
      left: { numerator: 1, denominator: 6 },
      right: { numerator: 1.5, denominator: 6 },
    })
    expect(own.requirements.find(({ requirement }) => requirement === 'MCO-SVG-2')).toMatchObject({
      moves: { improved: 1, unchanged: 1 },
      left: { numerator: 0, denominator: 2 },
      right: { numerator: 1, denominator: 2 },
    })
    expect(own.etablissements).toMatchObject({
      total: 2,
      rows: [{ uai: place.first, moves: { improved: 1, worsened: 1, unchanged: 1 } }, {}],
    })
    const narrowed = await get<Comparison>(
      `/v1/campaign-comparison?left=${id}:opening&right=${id}:closing&move=improved`,
    )
    expect(narrowed.etablissements.total).toBe(1)

    const other = await anOpenCampaign(api, rssi, {
      perimeter: { kind: 'etablissement', code: place.first },
      requirements: ['MCO-SVG-1', 'INF-AUT-13'],
    })
    const across = await get<Comparison>(`/v1/campaign-comparison?left=${id}:closing&right=${other}:opening`)
    expect(across.common).toEqual({ etablissements: 1, requirements: 1 })
    expect(across.all).toMatchObject({
      moves: { unchanged: 1, not_comparable: 6 },
      left: { denominator: 1 },
      right: { denominator: 1 },
    })
    expect(across.requirements.map(({ requirement }) => requirement).toSorted()).toEqual([
      'INF-AUT-13',
      ...asked,
    ])
    expect(
      (await send('GET', `/v1/campaign-comparison?left=${id}:opening&right=${other}:closing`)).status,
    ).toBe(404)
  })
})

describe('counts kept', () => {
  it('are those of a count from scratch', async () => {
    const found = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.execute(sql`
        select c.campaign_id as id, c.uai, c.total, c.observed, c.answered,
          (select count(*)::int from campaign_requirement r where r.campaign_id = c.campaign_id) as all,
          (select count(*)::int from campaign_requirement r join requirement_status s
            on s.requirement = r.requirement and s.uai = c.uai and s.verdict <> 'unknown'
            where r.campaign_id = c.campaign_id) as seen,
          (select count(distinct d.requirement)::int from campaign_requirement r join declaration d
            on d.requirement = r.requirement and d.uai = c.uai and d.declared_at >= p.opened_at and d.withdrawn_at is null
            where r.campaign_id = c.campaign_id and not exists (select 1 from requirement_status s
              where s.uai = c.uai and s.requirement = r.requirement and s.verdict <> 'unknown')) as said
        from campaign_etablissement c join campaign p on p.id = c.campaign_id and p.state = 'open'`),
    )
    const rows = rowsOf<Record<'total' | 'observed' | 'answered' | 'all' | 'seen' | 'said', number>>(found)
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows)
      expect([row.total, row.observed, row.answered]).toEqual([row.all, row.seen, row.said])
  })
})
