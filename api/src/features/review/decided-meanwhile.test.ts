import type { Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { aReview, BACKUP, RECOMMENDED, type Review } from '@vigie/test/support/reviewed.ts'
import type { EvidenceKey } from '@vigie/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arbitrate } from '../arbitrations/arbitrate.ts'
import { settle } from '../arbitrations/settle.ts'
import { decideDispute } from '../disputes/decide-dispute.ts'
import { openDispute } from '../disputes/open-dispute.ts'
import { requestDerogation } from '../derogations/request-derogation.ts'
import { markDue } from '../evidence/mark-due.ts'
import { prepareEvidence, recordEvidence } from '../evidence/record-evidence.ts'
import { decideCases } from './decide-cases.ts'
import type { DecisionsInput } from './schema.ts'

const HOUR = 3_600_000
const IN_SIX_MONTHS = '2027-05-16T09:00:00Z'
const reason = 'Constaté sur place le 15 novembre'
const justification = 'Le prestataire remplace le matériel en juillet 2027.'
const WORKER = { role: 'vigie_worker' } as const
let db: Database
let review: Review
beforeAll(async () => {
  db = await aDatabase()
  review = aReview(db, { seed: 51, academie: '12' })
})
afterAll(() => db.close())

const caseOf = (uai: string) => `${uai}.${BACKUP}`
const settling = (cases: readonly string[], more: Partial<DecisionsInput> = {}): DecisionsInput => ({
  ...{ kind: 'contradiction', cases: [...cases], outcome: 'declared', reason },
  ...{ expiresAt: IN_SIX_MONTHS, preview: false, ...more },
})
const decision = { verdict: 'compliant', reason, expiresAt: IN_SIX_MONTHS } as const

/** An arbitration that is written and whose evaluation has not run yet. */
const settledJustNow = (uai: string) =>
  db.transact(WORKER, async (tx) => {
    await settle(tx, review.rssi, {
      ...{ uai, requirement: BACKUP, verdict: 'partial', reason },
      ...{ author: crypto.randomUUID(), expiresAt: new Date(IN_SIX_MONTHS) },
    })
    await markDue(tx, [uai], review.clock.now())
  })

/** Evidence that arrives and that no evaluation has seen yet. */
const received = (uai: string, hours: number, ahead = 0) =>
  receivedOf(uai, { 'backup.last_success_age': hours, 'backup.success_ratio_30d': 0.7 }, ahead)

async function receivedOf(uai: string, values: Partial<Record<EvidenceKey, number>>, ahead: number) {
  const observedAt = new Date(review.clock.now().getTime() + ahead)
  const observations = Object.entries(values).map(([key, value]) => ({
    ...{ key: key as EvidenceKey, value, observedAt },
  }))
  await prepareEvidence(review.system, observations)
  await db.transact(WORKER, async (tx) => {
    await recordEvidence(tx, review.system, uai, observations, { source: 'nas', collector: 'essais' })
    await markDue(tx, [uai], review.clock.now())
  })
}

describe('a case that someone has just settled', () => {
  it('is skipped by another decision, alone or with others, before evaluation has run', async () => {
    const [settled, waiting] = [await review.contradicted(), await review.contradicted()]
    await settledJustNow(settled)
    await expect(decideCases(review.rssi, settling([caseOf(settled)]))).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('vient d’être tranchée') as string,
    })
    await expect(
      arbitrate(review.rssi, { uai: settled, requirement: BACKUP }, decision),
    ).rejects.toMatchObject({ code: 'conflict' })
    const told = await decideCases(review.rssi, settling([caseOf(settled), caseOf(waiting)]))
    expect(told.skipped.map((skipped) => skipped.case)).toEqual([caseOf(settled)])
  })
})

describe('evidence that arrived and that nobody has seen yet', () => {
  it('reopens the arbitration that it contradicts', async () => {
    const uai = await review.contradicted()
    review.clock.advance(HOUR)
    await received(uai, 100)
    review.clock.advance(1_000)
    await arbitrate(review.rssi, { uai, requirement: BACKUP }, decision)
    expect(await review.statusOf(uai)).toMatchObject({ verdict: 'partial', reopened: true })
    review.clock.advance(1_000)
    await arbitrate(review.rssi, { uai, requirement: BACKUP }, decision)
    expect(await review.statusOf(uai)).toMatchObject({ basis: 'arbitrated', reopened: false })
  })

  it('reopens an accepted dispute too, when it was dated a little ahead and counts later', async () => {
    const uai = await review.place()
    await received(uai, 900, 60_000)
    await review.evaluate(uai)
    const { id } = await openDispute(
      review.as('chef_etablissement', uai),
      { uai },
      { requirement: BACKUP, kind: 'not_applicable', reason: justification },
    )
    await decideDispute(review.rssi, { id }, { decision: 'accepted', reason, expiresAt: IN_SIX_MONTHS })
    expect(await review.statusOf(uai)).toMatchObject({ status: 'not_applicable', reopened: false })
    review.clock.advance(2 * 60_000)
    await review.evaluate(uai)
    expect(await review.statusOf(uai)).toMatchObject({ verdict: 'non_compliant', reopened: true })
  })

  it('is told by the preview as it will be applied', async () => {
    const uai = await review.contradicted()
    review.clock.advance(HOUR)
    await received(uai, 100)
    const asked = settling([caseOf(uai)])
    const { effect } = await decideCases(review.rssi, { ...asked, preview: true })
    await decideCases(review.rssi, asked)
    expect(effect?.changes[0]?.to).toBe((await review.statusOf(uai))?.status)
    expect(effect?.changes[0]?.to).toBe('contradiction')
  })
})

describe('evidence that is older than what was known, and that arrives later', () => {
  /** Partial by an age of backup that is newer than the ratio, which a late report will move. */
  async function partial() {
    const uai = await review.place()
    await receivedOf(uai, { 'backup.last_success_age': 5, 'backup.success_ratio_30d': 0.7 }, -3 * HOUR)
    await receivedOf(uai, { 'backup.last_success_age': 5 }, -HOUR)
    await review.say(uai, BACKUP, 'compliant')
    expect(await review.statusOf(uai)).toMatchObject({ verdict: 'partial', status: 'contradiction' })
    return uai
  }
  const late = (uai: string, ratio: number) =>
    receivedOf(uai, { 'backup.success_ratio_30d': ratio }, -2 * HOUR)
  const settledAs = { ...decision, verdict: 'partial' } as const

  it('reopens the arbitration when it changes what was settled, and not otherwise', async () => {
    const [changed, same] = [await partial(), await partial()]
    for (const uai of [changed, same]) await arbitrate(review.rssi, { uai, requirement: BACKUP }, settledAs)
    review.clock.advance(1_000)
    await late(changed, 0.99)
    await late(same, 0.71)
    await review.evaluate(changed, same)
    expect(await review.statusOf(changed)).toMatchObject({ verdict: 'compliant', reopened: true })
    expect(await review.statusOf(same)).toMatchObject({ basis: 'arbitrated', reopened: false })
  })

  it('reopens it too when it had arrived and no evaluation had seen it', async () => {
    const uai = await partial()
    review.clock.advance(1_000)
    await late(uai, 0.99)
    review.clock.advance(1_000)
    await arbitrate(review.rssi, { uai, requirement: BACKUP }, settledAs)
    expect(await review.statusOf(uai)).toMatchObject({ verdict: 'compliant', reopened: true })
  })
})

describe('a preview', () => {
  it('binds what is applied: what it promised, or nothing', async () => {
    const uai = await review.contradicted()
    const asked = settling([caseOf(uai)])
    const { fingerprint } = await decideCases(review.rssi, { ...asked, preview: true })
    const refusal = { code: 'conflict', detail: expect.stringContaining('aperçu') as string }
    const applying = { ...asked, previewed: fingerprint ?? '' }
    for (const changed of [
      { outcome: 'not_applicable' as const },
      { expiresAt: '2027-06-16T09:00:00Z' },
      { cases: [caseOf(uai), caseOf(await review.contradicted())] },
    ])
      await expect(decideCases(review.rssi, { ...applying, ...changed })).rejects.toMatchObject(refusal)
    await review.say(uai, BACKUP, 'partial')
    await expect(decideCases(review.rssi, applying)).rejects.toMatchObject(refusal)
    await review.say(uai, BACKUP, 'compliant')
    expect(await decideCases(review.rssi, { ...applying, reason: 'Le même, mieux dit' })).toMatchObject({
      decided: 1,
    })
  })

  it('skips what could not be granted: a date that has passed, a declaration that has expired', async () => {
    const [late, fine] = [await review.place(), await review.place()]
    const soon = new Date(review.clock.now().getTime() + HOUR).toISOString()
    const ask = (uai: string, expiresAt: string) =>
      requestDerogation(
        review.as('chef_etablissement', uai),
        { uai },
        { requirement: RECOMMENDED, justification, expiresAt },
      )
    const cases = [(await ask(late, soon)).id, (await ask(fine, IN_SIX_MONTHS)).id]
    review.clock.advance(2 * HOUR)
    const granting = {
      ...{ kind: 'derogation', outcome: 'approve', cases, preview: false },
    } satisfies DecisionsInput
    const promised = await decideCases(review.rssi, { ...granting, preview: true })
    const why = expect.stringContaining('date demandée est passée') as string
    expect(promised).toMatchObject({ decided: 1, skipped: [{ case: cases[0], why }] })
    expect(await decideCases(review.rssi, granting)).toMatchObject({ decided: 1, skipped: [{ why }] })
    const later = { ...granting, cases: [cases[0]!], expiresAt: IN_SIX_MONTHS }
    expect(await decideCases(review.rssi, later)).toMatchObject({ decided: 1 })
  })

  it('refuses cases of several académies, as the decision does', async () => {
    const elsewhere = aReview(db, { seed: 52, academie: '11' })
    const cases = [caseOf(await review.contradicted()), caseOf(await elsewhere.contradicted())]
    const both = aReview(db, { seed: 53, academie: '12' }).rssi
    if (both.actor.kind !== 'account') throw new Error('the RSSI is a person')
    const ctx = {
      ...both,
      actor: {
        ...both.actor,
        grants: ['12', '11'].map((code) => ({
          role: 'rssi' as const,
          perimeter: { kind: 'academie' as const, code },
        })),
      },
    }
    for (const preview of [true, false])
      await expect(decideCases(ctx, settling(cases, { preview }))).rejects.toMatchObject({
        code: 'conflict',
        detail: expect.stringContaining('plusieurs académies') as string,
      })
  })
})
