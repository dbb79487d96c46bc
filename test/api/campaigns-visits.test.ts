import { rowsOf, schema, type Database } from '@vigie/db'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type { findingSchema, findingsSchema } from '@vigie/api/features/findings/schema.ts'
import type { agendaSchema, answersSchema, visitSchema } from '@vigie/api/features/visits/schema.ts'
import type { progressSchema } from '@vigie/api/features/campaigns/schema.ts'
import { recordEvidence, prepareEvidence } from '@vigie/api/features/evidence/record-evidence.ts'
import { evaluateEtablissements } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { openAccount } from '../support/account.ts'
import { anApi, cookieOf, PASSWORD, type Api, type Credentials } from '../support/api.ts'
import { anOpenCampaign } from '../support/campaign.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'

type Visit = z.infer<typeof visitSchema>
type Results = z.infer<typeof answersSchema>['results']
type Finding = z.infer<typeof findingSchema>

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

const ASKED = ['MCO-SVG-1', 'MCO-SVG-2', 'MCO-SVG-3', 'MCO-SVG-4', 'MCO-SVG-5']
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
  expect(started.status).toBe(201)
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

describe('a visit', () => {
  it('is started in an open campaign, shared by whoever comes, and shown in the agenda', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const colleague = await anOfficer()
    const joined = await send(
      'POST',
      `/v1/etablissements/${uai}/visits`,
      { campaignId: campaign, visitedOn: '2026-11-16' },
      colleague.as,
    )
    expect(joined.status).toBe(200)
    expect(await joined.json()).toEqual({ id: visit, started: false })
    const stranger = await anOfficer('992')
    expect((await send('GET', `/v1/visits/${visit}`, undefined, stranger.as)).status).toBe(404)
    const agenda = await get<z.infer<typeof agendaSchema>>('/v1/visit-agenda', officer.as)
    expect(agenda).toMatchObject({
      today: '2026-11-16',
      rows: [{ uai, visitOn: '2026-11-16', visitId: visit, total: ASKED.length }],
    })
    expect((await get<Visit>(`/v1/visits/${visit}`, officer.as)).services).toMatchObject([
      { id: 'MCO-SVG', items: ASKED.map((requirement) => ({ requirement, answer: null })) },
    ])
  })

  it('outside a campaign is for the RSSI alone', async () => {
    const uai = await anEtablissement().insert(db)
    const officer = await anOfficer()
    const input = { campaignId: null, visitedOn: '2026-11-16' }
    expect((await send('POST', `/v1/etablissements/${uai}/visits`, input, officer.as)).status).toBe(403)
    const started = await send('POST', `/v1/etablissements/${uai}/visits`, input, rssi)
    expect(started.status).toBe(201)
    const { id } = (await started.json()) as { id: string }
    expect((await get<Visit>(`/v1/visits/${id}`)).total).toBe(163)
    expect((await send('PATCH', `/v1/visits/${id}`, { note: 'Reçu par la directrice.' }, rssi)).status).toBe(
      204,
    )
    expect((await get<Visit>(`/v1/visits/${id}`)).note).toBe('Reçu par la directrice.')
  })

  it('outside a campaign takes nothing from who does not arbitrate', async () => {
    const uai = await anEtablissement().insert(db)
    const officer = await anOfficer()
    const started = await send(
      'POST',
      `/v1/etablissements/${uai}/visits`,
      { campaignId: null, visitedOn: '2026-11-16' },
      rssi,
    )
    const { id } = (await started.json()) as { id: string }
    expect((await get<Visit>(`/v1/visits/${id}`, officer.as)).mayWork).toBe(false)
    const acts = [
      ['POST', `/v1/visits/${id}/answers`, { answers: [answer('MCO-SVG-1')] }],
      ['PATCH', `/v1/visits/${id}`, { note: 'Vu.' }],
      ['POST', `/v1/visits/${id}/closing`, undefined],
      ['POST', `/v1/visits/${id}/reopening`, { reason: 'Close par erreur.' }],
    ] as const
    for (const [method, path, json] of acts)
      expect((await send(method, path, json, officer.as)).status, path).toBe(403)
  })
})

describe('answers', () => {
  it('count once however often they are sent, and move the progress at once', async () => {
    const { campaign, officer, visit } = await aVisitedPlace()
    const batch = [
      answer('MCO-SVG-1'),
      answer('MCO-SVG-2', { verdict: 'partial', comment: 'Une copie sur deux.' }),
    ]
    const first = await sendAnswers(visit, batch, officer.as)
    expect(first.map(({ outcome }) => outcome)).toEqual(['standing', 'standing'])
    expect(await sendAnswers(visit, batch, officer.as)).toEqual(first)
    expect(await progressOf(campaign)).toMatchObject({ answered: 2, observed: 0 })
    expect(itemOf(await get<Visit>(`/v1/visits/${visit}`), 'MCO-SVG-2').answer).toMatchObject({
      verdict: 'partial',
      comment: 'Une copie sur deux.',
    })
  })

  it('replace the one that was in view, and meet another in a conflict that a person settles', async () => {
    const { officer, visit } = await aVisitedPlace()
    const colleague = await anOfficer()
    const first = answer('MCO-SVG-1')
    await sendAnswers(visit, [first], officer.as)
    const better = answer('MCO-SVG-1', { basedOn: first.id, comment: 'Rapport du jour.' })
    expect((await sendAnswers(visit, [better], officer.as))[0]).toMatchObject({
      outcome: 'standing',
      standing: null,
    })
    const other = answer('MCO-SVG-1', { verdict: 'non_compliant', comment: 'Le disque est débranché.' })
    expect((await sendAnswers(visit, [other], colleague.as))[0]).toMatchObject({
      outcome: 'conflict',
      standing: { id: better.id },
    })
    const item = itemOf(await get<Visit>(`/v1/visits/${visit}`), 'MCO-SVG-1')
    expect(item).toMatchObject({
      answer: { id: better.id },
      conflicts: [{ id: other.id, verdict: 'non_compliant' }],
    })
    const settle = (json: object) =>
      send('POST', `/v1/visits/${visit}/conflicts/${other.id}`, json, officer.as)
    expect((await settle({ keep: 'incoming', against: first.id })).status).toBe(409)
    expect((await send('POST', `/v1/visits/${visit}/closing`, undefined, officer.as)).status).toBe(409)
    expect((await settle({ keep: 'incoming', against: better.id })).status).toBe(204)
    expect((await settle({ keep: 'incoming', against: better.id })).status).toBe(409)
    expect(itemOf(await get<Visit>(`/v1/visits/${visit}`), 'MCO-SVG-1')).toMatchObject({
      answer: { id: other.id },
      conflicts: [],
    })
  })

  it('are chained on a tablet that answered twice before it could send', async () => {
    const { officer, visit } = await aVisitedPlace()
    const colleague = await anOfficer()
    await sendAnswers(visit, [answer('MCO-SVG-1', { verdict: 'partial' })], colleague.as)
    const one = answer('MCO-SVG-1')
    const two = answer('MCO-SVG-1', { verdict: 'not_applicable', basedOn: one.id })
    const results = await sendAnswers(visit, [one, two], officer.as)
    expect(results.map(({ outcome }) => outcome)).toEqual(['conflict', 'conflict'])
    expect(itemOf(await get<Visit>(`/v1/visits/${visit}`), 'MCO-SVG-1').conflicts).toMatchObject([
      { id: two.id },
    ])
  })

  it('are never swallowed when another content comes under an identifier already used', async () => {
    const { officer, visit } = await aVisitedPlace()
    const first = answer('MCO-SVG-1', { comment: 'Rapport du jour.' })
    await sendAnswers(visit, [first], officer.as)
    const changed = [
      { ...first, verdict: 'partial' },
      { ...first, comment: 'Rapport de la veille.' },
    ]
    const results = await sendAnswers(visit, changed, officer.as)
    expect(results).toMatchObject([
      { outcome: 'refused', reason: expect.stringContaining('rechargez') as string },
      { outcome: 'refused' },
    ])
    expect(await sendAnswers(visit, [{ ...first, comment: ' Rapport du jour. ' }], officer.as)).toMatchObject(
      [{ outcome: 'standing', reason: null }],
    )
  })

  it('are refused one by one where they have no place', async () => {
    const { officer, visit } = await aVisitedPlace()
    const elsewhere = await aVisitedPlace()
    const taken = answer('MCO-SVG-1')
    await sendAnswers(elsewhere.visit, [taken], elsewhere.officer.as)
    const results = await sendAnswers(visit, [answer('INF-AUT-13'), taken, answer('MCO-SVG-3')], officer.as)
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'standing'])
    await send('POST', `/v1/visits/${visit}/closing`, undefined, officer.as)
    const late = await sendAnswers(visit, [answer('MCO-SVG-4')], officer.as)
    expect(late).toMatchObject([{ outcome: 'refused', reason: expect.stringContaining('close') as string }])
  })

  it('are refused one by one under an identifier that a visit out of sight holds', async () => {
    const { officer, visit } = await aVisitedPlace()
    const far = await anEtablissement().inDepartement('992').insert(db)
    const started = await send(
      'POST',
      `/v1/etablissements/${far}/visits`,
      { campaignId: null, visitedOn: '2026-11-16' },
      rssi,
    )
    const { id } = (await started.json()) as { id: string }
    const held = answer('MCO-SVG-1')
    await sendAnswers(id, [held], rssi)
    const own = answer('MCO-SVG-1', { verdict: 'partial' })
    await sendAnswers(visit, [own], officer.as)
    const results = await sendAnswers(visit, [{ ...held, basedOn: own.id }, answer('MCO-SVG-2')], officer.as)
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'standing'])
    expect(itemOf(await get<Visit>(`/v1/visits/${visit}`), 'MCO-SVG-1').answer).toMatchObject({ id: own.id })
  })

  it('lose nothing and keep one answer standing per requirement, whatever two tablets send in whatever order', async () => {
    const { officer, visit } = await aVisitedPlace()
    const colleague = await anOfficer()
    const act = fc.record({
      tablet: fc.nat(1),
      requirement: fc.constantFrom(...ASKED),
      verdict: fc.constantFrom('compliant', 'partial', 'non_compliant'),
      sent: fc.integer({ min: 1, max: 2 }),
    })
    const ids = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
        const seen: Record<string, string>[] = [{}, {}]
        for (const { tablet, requirement, verdict, sent } of acts) {
          const given = answer(requirement, { verdict, basedOn: seen[tablet]![requirement] ?? null })
          ids.add(given.id)
          seen[tablet]![requirement] = given.id
          for (let time = 0; time < sent; time += 1)
            await sendAnswers(visit, [given], tablet === 0 ? officer.as : colleague.as)
        }
        const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
          tx
            .select()
            .from(schema.visitAnswer)
            .where(sql`${schema.visitAnswer.visitId} = ${visit}`),
        )
        expect(new Set(rows.map(({ id }) => id))).toEqual(ids)
        const standing = rows.filter((row) => row.standing).map(({ requirement }) => requirement)
        expect(standing.length).toBe(new Set(standing).size)
        expect(new Set(standing)).toEqual(new Set(rows.map(({ requirement }) => requirement)))
      }),
      { numRuns: 12 },
    )
  })
})

describe('a closed visit', () => {
  async function observe(uai: string, hours: number) {
    const ctx = contextOf(api.deps)
    const observedAt = clock.now()
    const observations = [
      { key: 'backup.last_success_age', value: hours, observedAt },
      { key: 'backup.success_ratio_30d', value: hours > 100 ? 0.5 : 0.98, observedAt },
    ] as const
    await prepareEvidence(ctx, observations)
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      recordEvidence(tx, ctx, uai, observations, { source: 'essai', collector: 'essai' }),
    )
    await evaluateEtablissements(ctx, [uai])
  }

  it('makes its answers count, says so at « pourquoi ? », and gives way to newer evidence visibly', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    await observe(uai, 900)
    clock.advance(60_000)
    await sendAnswers(
      visit,
      [
        answer('MCO-SVG-1', {
          comment: 'La copie de la nuit est bien là.',
          answeredAt: clock.now().toISOString(),
        }),
      ],
      officer.as,
    )
    const closed = await send('POST', `/v1/visits/${visit}/closing`, undefined, officer.as)
    expect(await closed.json()).toEqual({ entered: 1, left: [] })
    expect(await statusOf(uai, 'MCO-SVG-1')).toEqual({
      status: 'compliant',
      basis: 'arbitrated',
      reopened: false,
    })
    const why = await get<unknown>(`/v1/etablissements/${uai}/requirements/MCO-SVG-1`)
    expect(JSON.stringify(why)).toContain(
      'Vérifié sur place le 16 novembre 2026 : La copie de la nuit est bien là.',
    )
    expect(await progressOf(campaign)).toMatchObject({ visitedAt: clock.now().toISOString() })
    expect(itemOf(await get<Visit>(`/v1/visits/${visit}`), 'MCO-SVG-1').entered).toBe(true)
    clock.advance(300_000)
    await observe(uai, 5)
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ reopened: true, basis: 'observed' })
    expect((await send('POST', `/v1/visits/${visit}/closing`, undefined, officer.as)).status).toBe(409)
  })

  it('never replaces a decision of the RSSI that is in force', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    await observe(uai, 900)
    const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
    await send(
      'PUT',
      `/v1/etablissements/${uai}/declarations/MCO-SVG-1`,
      { verdict: 'compliant', comment: 'Copie à la main.' },
      head,
    )
    const arbitrated = await send(
      'PUT',
      `/v1/etablissements/${uai}/arbitrations/MCO-SVG-1`,
      { verdict: 'partial', reason: 'En attente du nouveau disque.', expiresAt: '2027-05-16T09:00:00Z' },
      rssi,
    )
    expect(arbitrated.status).toBe(200)
    await sendAnswers(visit, [answer('MCO-SVG-1'), answer('MCO-SVG-4')], officer.as)
    const closed = await send('POST', `/v1/visits/${visit}/closing`, undefined, officer.as)
    expect(await closed.json()).toEqual({ entered: 1, left: ['MCO-SVG-1'] })
    expect(await statusOf(uai, 'MCO-SVG-1')).toMatchObject({ status: 'partial' })
    expect(await statusOf(uai, 'MCO-SVG-4')).toMatchObject({ status: 'compliant', basis: 'arbitrated' })
  })
})

describe('a visit closed late', () => {
  it('never replaces what another visit saw after it', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    const at = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000).toISOString()
    await sendAnswers(
      visit,
      [answer('MCO-SVG-4', { answeredAt: at(-60) }), answer('MCO-SVG-5', { answeredAt: at(-10) })],
      officer.as,
    )
    const started = await send(
      'POST',
      `/v1/etablissements/${uai}/visits`,
      { campaignId: null, visitedOn: '2026-11-16' },
      rssi,
    )
    const { id } = (await started.json()) as { id: string }
    const seen = { verdict: 'non_compliant', answeredAt: at(-30) }
    await sendAnswers(id, [answer('MCO-SVG-4', seen), answer('MCO-SVG-5', seen)], rssi)
    await send('POST', `/v1/visits/${id}/closing`, undefined, rssi)
    clock.advance(60_000)
    const closed = await send('POST', `/v1/visits/${visit}/closing`, undefined, officer.as)
    expect(await closed.json()).toEqual({ entered: 1, left: ['MCO-SVG-4'] })
    expect(await statusOf(uai, 'MCO-SVG-4')).toMatchObject({ status: 'non_compliant' })
    expect(await statusOf(uai, 'MCO-SVG-5')).toMatchObject({ status: 'compliant' })
  })
})

describe('a visit closed by mistake', () => {
  const close = (visit: string, as: Credentials) => send('POST', `/v1/visits/${visit}/closing`, undefined, as)
  const reopen = (visit: string, as: Credentials, reason = 'Close avant d’avoir vu le serveur.') =>
    send('POST', `/v1/visits/${visit}/reopening`, { reason }, as)
  const decisionsOf = async (visit: string) => {
    const found = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.execute(sql`select requirement, verdict, withdrawn_at is not null as withdrawn from arbitration
        where visit_id = ${visit} order by decided_at, requirement`),
    )
    return rowsOf<{ requirement: string; verdict: string; withdrawn: boolean }>(found)
  }

  it('is reopened with a reason: its answers count no more, until it is closed again', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const first = answer('MCO-SVG-4')
    await sendAnswers(visit, [first, answer('MCO-SVG-5')], officer.as)
    await close(visit, officer.as)
    expect(await statusOf(uai, 'MCO-SVG-4')).toMatchObject({ status: 'compliant', basis: 'arbitrated' })
    clock.advance(60_000)
    const reopened = await reopen(visit, officer.as)
    expect([reopened.status, await reopened.json()]).toEqual([200, { retired: 2 }])
    expect(await statusOf(uai, 'MCO-SVG-4')).toBeUndefined()
    expect(await progressOf(campaign)).toMatchObject({ visitedAt: null, answered: 2 })
    const running = await get<Visit>(`/v1/visits/${visit}`, officer.as)
    expect(running).toMatchObject({ closedAt: null, mayWork: true, mayReopen: false })
    expect(running.note).toBe('Rouverte le 16 novembre 2026 : Close avant d’avoir vu le serveur.')
    expect(itemOf(running, 'MCO-SVG-4')).toMatchObject({ answer: { id: first.id }, entered: false })
    const agenda = await get<z.infer<typeof agendaSchema>>('/v1/visit-agenda', officer.as)
    expect(agenda.rows).toMatchObject([{ visitId: visit, visitedAt: null }])

    const better = answer('MCO-SVG-4', { verdict: 'partial', basedOn: first.id })
    await sendAnswers(visit, [better], officer.as)
    expect(await (await close(visit, officer.as)).json()).toEqual({ entered: 2, left: [] })
    expect(await statusOf(uai, 'MCO-SVG-4')).toMatchObject({ status: 'partial', basis: 'arbitrated' })
    expect(await statusOf(uai, 'MCO-SVG-5')).toMatchObject({ status: 'compliant', basis: 'arbitrated' })
    expect(await decisionsOf(visit)).toEqual([
      { requirement: 'MCO-SVG-4', verdict: 'compliant', withdrawn: true },
      { requirement: 'MCO-SVG-5', verdict: 'compliant', withdrawn: true },
      { requirement: 'MCO-SVG-4', verdict: 'partial', withdrawn: false },
      { requirement: 'MCO-SVG-5', verdict: 'compliant', withdrawn: false },
    ])
    const entries = await db.asOwner((tx) =>
      tx
        .select()
        .from(schema.journalEntry)
        .where(sql`${schema.journalEntry.subjectId} = ${visit}`),
    )
    const entry = entries.find(({ action }) => action === 'visit.reopen')
    expect(entry).toMatchObject({ actorId: officer.id, uai, details: { retired: 2 } })
    expect(JSON.stringify(entry?.details)).not.toContain('serveur')
  })

  it('takes back its answer alone: a decision of the RSSI taken since stays, settled findings too', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    const finding = uuid()
    await send(
      'POST',
      `/v1/etablissements/${uai}/findings`,
      { id: finding, visitId: visit, nature: 'A', description: 'Le disque de sauvegarde reste branché.' },
      officer.as,
    )
    await send('PATCH', `/v1/findings/${finding}`, { state: 'done', comment: 'Disque rangé.' }, officer.as)
    await sendAnswers(visit, [answer('MCO-SVG-4')], officer.as)
    await close(visit, officer.as)
    clock.advance(60_000)
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.insert(schema.arbitration).values({
        ...{
          id: uuid(),
          uai,
          requirement: 'MCO-SVG-4',
          verdict: 'non_compliant',
          observedVerdict: 'unknown',
        },
        ...{ reason: 'Décidé au comité.', author: officer.id, decidedAt: clock.now() },
        expiresAt: new Date('2027-11-16T09:00:00Z'),
      }),
    )
    await evaluateEtablissements(contextOf(api.deps), [uai])
    clock.advance(60_000)
    expect((await reopen(visit, officer.as)).status).toBe(200)
    expect(await statusOf(uai, 'MCO-SVG-4')).toMatchObject({ status: 'non_compliant', basis: 'arbitrated' })
    expect(await get<Finding>(`/v1/findings/${finding}`)).toMatchObject({ state: 'done' })
    expect(await (await close(visit, officer.as)).json()).toEqual({ entered: 0, left: ['MCO-SVG-4'] })
    expect(await statusOf(uai, 'MCO-SVG-4')).toMatchObject({ status: 'non_compliant' })
  })

  it('is not reopened while open, without a reason, by who does not visit, or out of one’s perimeter', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    expect((await reopen(visit, officer.as)).status).toBe(409)
    await close(visit, officer.as)
    expect((await reopen(visit, officer.as, '   ')).status).toBe(422)
    const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
    expect((await reopen(visit, head)).status).toBe(403)
    expect((await get<Visit>(`/v1/visits/${visit}`, head)).mayReopen).toBe(false)
    expect((await reopen(visit, (await anOfficer('992')).as)).status).toBe(404)
    expect((await get<Visit>(`/v1/visits/${visit}`, officer.as)).mayReopen).toBe(true)
  })

  it('stays closed once a newer visit took its place', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    await close(visit, officer.as)
    clock.advance(60_000)
    const started = await send(
      'POST',
      `/v1/etablissements/${uai}/visits`,
      { campaignId: campaign, visitedOn: '2026-11-16' },
      officer.as,
    )
    const { id } = (await started.json()) as { id: string }
    expect(await (await reopen(visit, officer.as)).text()).toContain('est en cours')
    await close(id, officer.as)
    const refused = await reopen(visit, officer.as)
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('plus récente') as string,
    ])
    clock.advance(60_000)
    expect((await reopen(id, officer.as)).status).toBe(200)
    expect((await progressOf(campaign)).visitedAt).not.toBeNull()
  })

  it('stays closed once its campaign is: what was frozen never moves', async () => {
    const { campaign, officer, visit } = await aVisitedPlace()
    await sendAnswers(visit, [answer('MCO-SVG-4')], officer.as)
    await close(visit, officer.as)
    await send('POST', `/v1/campaigns/${campaign}/closing`, { confirmed: true }, rssi)
    const frozen = await get<unknown>(`/v1/campaigns/${campaign}/snapshots/closing`)
    const refused = await reopen(visit, officer.as)
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('figés') as string])
    expect((await get<Visit>(`/v1/visits/${visit}`, officer.as)).mayReopen).toBe(false)
    expect(await decisionsOf(visit)).toMatchObject([{ withdrawn: false }])
    expect(await get<unknown>(`/v1/campaigns/${campaign}/snapshots/closing`)).toEqual(frozen)
  })
})

describe('a campaign', () => {
  it('waits for its visits before it closes, and refuses new ones afterwards', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const closing = () => send('POST', `/v1/campaigns/${campaign}/closing`, { confirmed: true }, rssi)
    const refused = await closing()
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('visite')
    await send('POST', `/v1/visits/${visit}/closing`, undefined, officer.as)
    expect((await closing()).status).toBe(200)
    const again = await send(
      'POST',
      `/v1/etablissements/${uai}/visits`,
      { campaignId: campaign, visitedOn: '2026-11-16' },
      officer.as,
    )
    expect(again.status).toBe(409)
  })
})

describe('findings', () => {
  it('are recorded once under the tablet’s identifier, owned by the sharing table, and counted', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const json = {
      id: uuid(),
      visitId: visit,
      requirement: 'MCO-SVG-1',
      nature: 'A',
      description: 'Le disque de sauvegarde reste branché.',
      dueOn: '2026-11-15',
    }
    const record = () => send('POST', `/v1/etablissements/${uai}/findings`, json, officer.as)
    expect((await record()).status).toBe(201)
    expect((await record()).status).toBe(200)
    expect((await progressOf(campaign)).findings).toBe(1)
    const finding = await get<Finding>(`/v1/findings/${json.id}`, officer.as)
    expect(finding).toMatchObject({
      party: 'collectivite',
      campaign: { id: campaign },
      late: true,
      state: 'open',
      proofs: [],
    })
    const list = await get<z.infer<typeof findingsSchema>>(`/v1/etablissements/${uai}/findings`)
    expect(list).toMatchObject({ total: 1, states: [{ code: 'open', count: 1 }, { count: 0 }, { count: 0 }] })
    expect((await get<Visit>(`/v1/visits/${visit}`)).findings).toMatchObject([{ id: json.id }])
  })

  it('are settled by the school, dropped by officers only', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const head = await api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
    const id = uuid()
    await send(
      'POST',
      `/v1/etablissements/${uai}/findings`,
      { id, visitId: visit, nature: 'I', description: 'La baie n’est pas fermée à clé.' },
      officer.as,
    )
    const change = (json: object, as: Credentials) => send('PATCH', `/v1/findings/${id}`, json, as)
    expect((await change({ state: 'dropped' }, head)).status).toBe(403)
    expect((await change({ description: 'Autre chose que ce qui fut vu.' }, head)).status).toBe(403)
    expect((await change({}, head)).status).toBe(422)
    expect((await change({ state: 'done', comment: 'Serrure posée.' }, head)).status).toBe(204)
    expect(await get<Finding>(`/v1/findings/${id}`)).toMatchObject({
      state: 'done',
      settledBy: { name: 'Compte des essais' },
      comment: 'Serrure posée.',
    })
    expect((await change({ state: 'open' }, officer.as)).status).toBe(204)
    expect(await get<Finding>(`/v1/findings/${id}`)).toMatchObject({ state: 'open', settledAt: null })
    expect((await change({ state: 'dropped' }, officer.as)).status).toBe(204)
    expect((await progressOf(campaign)).findings).toBe(0)
  })

  it('cite photos of the same establishment, each once', async () => {
    const { uai, officer, visit } = await aVisitedPlace()
    const elsewhere = await anEtablissement().insert(db)
    const photo = async (place: string) => {
      const form = new FormData()
      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      )
      form.set('file', new File([png], 'baie.png', { type: 'image/png' }))
      const response = await api.request(`/v1/etablissements/${place}/proofs`, {
        method: 'POST',
        as: officer.as,
        body: form,
      })
      if (response.status > 201) throw new Error(await response.text())
      return ((await response.json()) as { id: string }).id
    }
    const id = uuid()
    await send(
      'POST',
      `/v1/etablissements/${uai}/findings`,
      { id, visitId: visit, nature: 'A', description: 'Le disque de sauvegarde reste branché.' },
      officer.as,
    )
    const proof = await photo(uai)
    const cite = (proofId: string) =>
      send('POST', `/v1/findings/${id}/proofs`, { proofIds: [proofId] }, officer.as)
    expect((await cite(proof)).status).toBe(204)
    expect((await cite(proof)).status).toBe(204)
    expect((await cite(await photo(elsewhere))).status).toBe(422)
    expect((await get<Finding>(`/v1/findings/${id}`)).proofs).toMatchObject([
      { id: proof, mediaType: 'image/png' },
    ])
  })
})
