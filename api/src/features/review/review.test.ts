import type { Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { aReview, BACKUP, DEMANDED, RECOMMENDED, type Review } from '@vigie/test/support/reviewed.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arbitrate } from '../arbitrations/arbitrate.ts'
import { withdrawArbitration } from '../arbitrations/withdraw-arbitration.ts'
import { readRequirement } from '../conformity/read-requirement.ts'
import { approveDerogation } from '../derogations/approve-derogation.ts'
import { listDerogations } from '../derogations/list-derogations.ts'
import { refuseDerogation } from '../derogations/refuse-derogation.ts'
import { requestDerogation } from '../derogations/request-derogation.ts'
import { withdrawDerogation } from '../derogations/withdraw-derogation.ts'
import { decideDispute } from '../disputes/decide-dispute.ts'
import { openDispute } from '../disputes/open-dispute.ts'
import { withdrawDispute } from '../disputes/withdraw-dispute.ts'
import { evaluateDue } from '../evaluation/evaluate-etablissements.ts'

const HOUR = 3_600_000
const IN_SIX_MONTHS = '2027-05-16T09:00:00Z'
const reason = 'Constaté sur place le 15 novembre'
const justification = 'Le prestataire remplace le matériel en juillet 2027.'
let db: Database
let review: Review
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

describe('a contradiction', () => {
  beforeAll(() => {
    review = aReview(db, { seed: 31, academie: '98' })
  })

  it('appears within one evaluation, counts as the worse, is arbitrated, and reopens on new evidence', async () => {
    const uai = await review.contradicted()
    expect(await review.statusOf(uai)).toMatchObject({ status: 'contradiction', counted: 'non_compliant' })
    const target = { uai, requirement: BACKUP }
    await arbitrate(review.rssi, target, { verdict: 'compliant', reason, expiresAt: IN_SIX_MONTHS })
    expect(await review.statusOf(uai)).toMatchObject({ status: 'compliant', basis: 'arbitrated' })
    review.clock.advance(HOUR)
    await review.observe(uai, 900)
    expect(await review.statusOf(uai), 'the same observation changes nothing').toMatchObject({
      status: 'compliant',
      reopened: false,
    })
    review.clock.advance(HOUR)
    await review.observe(uai, 100)
    expect(await review.statusOf(uai)).toMatchObject({ status: 'contradiction', reopened: true })
    const told = await readRequirement(review.rssi, uai, BACKUP)
    expect(told).toMatchObject({ reopened: true, arbitration: { reason, inForce: true } })
    expect(told.history.map(({ to }) => to)).toEqual(
      expect.arrayContaining(['contradiction', 'compliant']) as string[],
    )
  })

  it('comes back when its arbitration expires, at that instant, and when it is withdrawn', async () => {
    const uai = await review.contradicted()
    const target = { uai, requirement: BACKUP }
    const expiresAt = new Date(review.clock.now().getTime() + 5 * HOUR).toISOString()
    await arbitrate(review.rssi, target, { verdict: 'compliant', reason, expiresAt })
    review.clock.advance(5 * HOUR - 1)
    await evaluateDue(review.system)
    expect((await review.statusOf(uai))?.status).toBe('compliant')
    review.clock.advance(1)
    await evaluateDue(review.system)
    expect(await review.statusOf(uai)).toMatchObject({ status: 'contradiction', reopened: false })
    await arbitrate(review.rssi, target, { verdict: 'partial', reason, expiresAt: IN_SIX_MONTHS })
    await withdrawArbitration(review.rssi, target)
    expect((await review.statusOf(uai))?.status).toBe('contradiction')
    await expect(withdrawArbitration(review.rssi, target)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('ends when the declaration expires, the same day', async () => {
    const uai = await review.contradicted()
    const expiry = new Date(review.clock.now())
    expiry.setUTCFullYear(expiry.getUTCFullYear() + 1)
    review.clock.set(new Date(expiry.getTime() - 1).toISOString())
    await review.observe(uai, 900)
    expect((await review.statusOf(uai))?.status).toBe('contradiction')
    review.clock.set(expiry.toISOString())
    await evaluateDue(review.system)
    expect((await review.statusOf(uai))?.status).toBe('non_compliant')
  })
})

describe('a derogation', () => {
  beforeAll(() => {
    review = aReview(db, { seed: 32, academie: '98' })
  })
  const input = { requirement: RECOMMENDED, justification, expiresAt: IN_SIX_MONTHS }

  it('is refused on a demanded requirement, whoever asks', async () => {
    const uai = await review.place()
    await expect(
      requestDerogation(review.as('chef_etablissement', uai), { uai }, { ...input, requirement: DEMANDED }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('stops counting at the instant of its expiry, by the queue of evaluations alone', async () => {
    const uai = await review.place()
    await review.evaluate(uai)
    const asked = await requestDerogation(review.as('chef_etablissement', uai), { uai }, input)
    await approveDerogation(review.rssi, { uai, id: asked.id }, {})
    expect((await review.scoreOf(uai))?.derogations).toBe(1)
    review.clock.set(new Date(Date.parse(IN_SIX_MONTHS) - 1).toISOString())
    await evaluateDue(review.system)
    expect((await review.scoreOf(uai))?.derogations).toBe(1)
    review.clock.set(IN_SIX_MONTHS)
    await evaluateDue(review.system)
    expect((await review.scoreOf(uai))?.derogations).toBe(0)
    expect((await listDerogations(review.rssi, { uai })).rows[0]?.state).toBe('expired')
    review.clock.set('2026-11-16T09:00:00Z')
  })

  it('is refused with a reason, told by mail, and asked for again', async () => {
    const uai = await review.place()
    const head = await review.aHead(uai, 'direction.essais@exemple.fr')
    const asked = await requestDerogation(head, { uai }, input)
    await expect(requestDerogation(head, { uai }, input)).rejects.toMatchObject({ code: 'conflict' })
    await refuseDerogation(review.rssi, { uai, id: asked.id }, { reason: 'Le remplacement est déjà fait.' })
    const [mail] = (await review.mails()).filter(({ purpose }) => purpose.includes(asked.id))
    expect(mail).toMatchObject({ recipients: ['direction.essais@exemple.fr'], academie: '98' })
    expect(mail?.subject).toContain('dérogation refusée')
    expect(mail?.body).toContain('Le remplacement est déjà fait.')
    await expect(approveDerogation(review.rssi, { uai, id: asked.id }, {})).rejects.toMatchObject({
      code: 'conflict',
      detail: 'Cette demande a déjà été refusée.',
    })
    expect((await readRequirement(head, uai, RECOMMENDED)).derogation).toMatchObject({
      ...{ state: 'refused', refusalReason: 'Le remplacement est déjà fait.' },
      requestedByFunction: 'Chef d’établissement',
    })
    await requestDerogation(head, { uai }, input)
  })

  it('is withdrawn by who asked or ended by the RSSI, and counts no more at once', async () => {
    const uai = await review.place()
    await review.evaluate(uai)
    const head = review.as('chef_etablissement', uai)
    const first = await requestDerogation(head, { uai }, input)
    expect((await withdrawDerogation(head, { uai, id: first.id })).state).toBe('withdrawn')
    const second = await requestDerogation(head, { uai }, input)
    await approveDerogation(review.rssi, { uai, id: second.id }, {})
    expect((await review.statusOf(uai, RECOMMENDED))?.derogatedUntil).toEqual(new Date(IN_SIX_MONTHS))
    await withdrawDerogation(review.rssi, { uai, id: second.id })
    expect((await review.statusOf(uai, RECOMMENDED))?.derogatedUntil ?? null).toBeNull()
    await expect(withdrawDerogation(head, { uai, id: second.id })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a dispute', () => {
  beforeAll(() => {
    review = aReview(db, { seed: 33, academie: '98' })
  })
  const dispute = {
    requirement: BACKUP,
    kind: 'not_applicable',
    reason: 'Aucun serveur dans cet établissement.',
  } as const

  it('changes nothing until it is accepted, then becomes an arbitration without any contradiction', async () => {
    const uai = await review.place()
    await review.observe(uai, 900)
    const head = await review.aHead(uai, 'chef.dispute@exemple.fr')
    const opened = await openDispute(head, { uai }, dispute)
    await review.evaluate(uai)
    expect((await review.statusOf(uai))?.status).toBe('non_compliant')
    await expect(openDispute(head, { uai }, dispute)).rejects.toMatchObject({ code: 'conflict' })
    await decideDispute(
      review.rssi,
      { id: opened.id },
      { decision: 'accepted', reason, expiresAt: IN_SIX_MONTHS },
    )
    expect(await review.statusOf(uai)).toMatchObject({ status: 'not_applicable', basis: 'arbitrated' })
    expect(await readRequirement(head, uai, BACKUP)).toMatchObject({
      dispute: { decision: 'accepted', decisionReason: reason },
      arbitration: { fromDispute: true, inForce: true },
    })
    expect((await review.mails()).some(({ subject }) => subject.includes('contestation acceptée'))).toBe(true)
    review.clock.set(IN_SIX_MONTHS)
    await evaluateDue(review.system)
    expect((await review.statusOf(uai))?.status, 'neither the arbitration nor the evidence holds').not.toBe(
      'not_applicable',
    )
    review.clock.set('2026-11-16T09:00:00Z')
  })

  it('is refused with why, or withdrawn, and may be opened again', async () => {
    const uai = await review.place()
    await review.observe(uai, 900)
    const head = review.as('chef_etablissement', uai)
    const first = await openDispute(head, { uai }, dispute)
    const refused = await decideDispute(review.rssi, { id: first.id }, { decision: 'refused', reason })
    expect(refused).toMatchObject({ decision: 'refused', decisionReason: reason })
    expect((await review.statusOf(uai))?.status).toBe('non_compliant')
    const second = await openDispute(head, { uai }, { ...dispute, kind: 'wrong_observation' })
    await withdrawDispute(head, { id: second.id })
    await expect(withdrawDispute(head, { id: second.id })).rejects.toMatchObject({ code: 'conflict' })
    const elsewhere = review.as('chef_etablissement', await review.place())
    await expect(withdrawDispute(elsewhere, { id: second.id })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('asks what counts instead of a wrong observation, and until when', async () => {
    const uai = await review.place()
    await review.observe(uai, 900)
    const head = review.as('chef_etablissement', uai)
    const { id } = await openDispute(head, { uai }, { ...dispute, kind: 'wrong_observation' })
    const accepted = { decision: 'accepted', reason } as const
    await expect(
      decideDispute(review.rssi, { id }, { ...accepted, expiresAt: IN_SIX_MONTHS }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/verdict' }] })
    await expect(
      decideDispute(review.rssi, { id }, { ...accepted, verdict: 'compliant' }),
    ).rejects.toMatchObject({
      errors: [{ pointer: '/expiresAt' }],
    })
    await decideDispute(review.rssi, { id }, { ...accepted, verdict: 'compliant', expiresAt: IN_SIX_MONTHS })
    expect((await review.statusOf(uai))?.status).toBe('compliant')
  })

  it('needs something to dispute', async () => {
    const uai = await review.place()
    const head = review.as('chef_etablissement', uai)
    await expect(openDispute(head, { uai }, { ...dispute, kind: 'wrong_observation' })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    )
    await expect(openDispute(review.rssi, { uai }, dispute)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
