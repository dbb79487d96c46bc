import type { z } from '@hono/zod-openapi'
import type { agendaSchema, visitSchema } from '@vigie/api/features/visits/schema.ts'
import { schema } from '@vigie/db'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anEtablissement } from '../support/etablissement.ts'
import { ASKED, visitsInCampaigns } from '../support/visits.ts'

type Visit = z.infer<typeof visitSchema>

const visits = visitsInCampaigns()
const { get, send, anOfficer, aVisitedPlace, answer, sendAnswers, itemOf, progressOf } = visits

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
    const uai = await anEtablissement().insert(visits.db)
    const officer = await anOfficer()
    const input = { campaignId: null, visitedOn: '2026-11-16' }
    expect((await send('POST', `/v1/etablissements/${uai}/visits`, input, officer.as)).status).toBe(403)
    const started = await send('POST', `/v1/etablissements/${uai}/visits`, input, visits.rssi)
    expect(started.status).toBe(201)
    const { id } = (await started.json()) as { id: string }
    expect((await get<Visit>(`/v1/visits/${id}`)).total).toBe(163)
    expect(
      (await send('PATCH', `/v1/visits/${id}`, { note: 'Reçu par la directrice.' }, visits.rssi)).status,
    ).toBe(204)
    expect((await get<Visit>(`/v1/visits/${id}`)).note).toBe('Reçu par la directrice.')
  })

  it('outside a campaign takes nothing from who does not arbitrate', async () => {
    const uai = await anEtablissement().insert(visits.db)
    const officer = await anOfficer()
    const started = await send(
      'POST',
      `/v1/etablissements/${uai}/visits`,
      { campaignId: null, visitedOn: '2026-11-16' },
      visits.rssi,
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
    const far = await anEtablissement().inDepartement('992').insert(visits.db)
    const started = await send(
      'POST',
      `/v1/etablissements/${far}/visits`,
      { campaignId: null, visitedOn: '2026-11-16' },
      visits.rssi,
    )
    const { id } = (await started.json()) as { id: string }
    const held = answer('MCO-SVG-1')
    await sendAnswers(id, [held], visits.rssi)
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
        const rows = await visits.db.transact({ role: 'vigie_worker' }, (tx) =>
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

describe('a campaign', () => {
  it('waits for its visits before it closes, and refuses new ones afterwards', async () => {
    const { uai, campaign, officer, visit } = await aVisitedPlace()
    const closing = () => send('POST', `/v1/campaigns/${campaign}/closing`, { confirmed: true }, visits.rssi)
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
