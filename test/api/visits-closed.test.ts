import type { z } from '@hono/zod-openapi'
import type { findingSchema } from '@vigie/api/features/findings/schema.ts'
import type { agendaSchema, visitSchema } from '@vigie/api/features/visits/schema.ts'
import { evaluateEtablissements } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { recordEvidence, prepareEvidence } from '@vigie/api/features/evidence/record-evidence.ts'
import { rowsOf, schema } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Credentials } from '../support/api.ts'
import { contextOf } from '../support/deps.ts'
import { visitsInCampaigns } from '../support/visits.ts'

type Visit = z.infer<typeof visitSchema>
type Finding = z.infer<typeof findingSchema>

const visits = visitsInCampaigns()
const {
  get,
  send,
  anOfficer,
  aVisitedPlace,
  answer,
  sendAnswers,
  itemOf,
  progressOf,
  statusOf,
  uuid,
  clock,
} = visits

describe('a closed visit', () => {
  async function observe(uai: string, hours: number) {
    const ctx = contextOf(visits.api.deps)
    const observedAt = clock.now()
    const observations = [
      { key: 'backup.last_success_age', value: hours, observedAt },
      { key: 'backup.success_ratio_30d', value: hours > 100 ? 0.5 : 0.98, observedAt },
    ] as const
    await prepareEvidence(ctx, observations)
    await visits.db.transact({ role: 'vigie_worker' }, (tx) =>
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
    const head = await visits.api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
    await send(
      'PUT',
      `/v1/etablissements/${uai}/declarations/MCO-SVG-1`,
      { verdict: 'compliant', comment: 'Copie à la main.' },
      head,
    )
    const { seen } = await get<{ seen: string }>(
      `/v1/etablissements/${uai}/requirements/MCO-SVG-1`,
      visits.rssi,
    )
    const arbitrated = await send(
      'PUT',
      `/v1/etablissements/${uai}/arbitrations/MCO-SVG-1`,
      {
        ...{ verdict: 'partial', reason: 'En attente du nouveau disque.' },
        ...{ expiresAt: '2027-05-16T09:00:00Z', seen },
      },
      visits.rssi,
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
      visits.rssi,
    )
    const { id } = (await started.json()) as { id: string }
    const seen = { verdict: 'non_compliant', answeredAt: at(-30) }
    await sendAnswers(id, [answer('MCO-SVG-4', seen), answer('MCO-SVG-5', seen)], visits.rssi)
    await send('POST', `/v1/visits/${id}/closing`, undefined, visits.rssi)
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
    const found = await visits.db.transact({ role: 'vigie_worker' }, (tx) =>
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
    const entries = await visits.db.asOwner((tx) =>
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
    await visits.db.transact({ role: 'vigie_worker' }, (tx) =>
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
    await evaluateEtablissements(contextOf(visits.api.deps), [uai])
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
    const head = await visits.api.signIn('directeur_ecole', { kind: 'etablissement', code: uai })
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
    await send('POST', `/v1/campaigns/${campaign}/closing`, { confirmed: true }, visits.rssi)
    const frozen = await get<unknown>(`/v1/campaigns/${campaign}/snapshots/closing`)
    const refused = await reopen(visit, officer.as)
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('figés') as string])
    expect((await get<Visit>(`/v1/visits/${visit}`, officer.as)).mayReopen).toBe(false)
    expect(await decisionsOf(visit)).toMatchObject([{ withdrawn: false }])
    expect(await get<unknown>(`/v1/campaigns/${campaign}/snapshots/closing`)).toEqual(frozen)
  })
})
