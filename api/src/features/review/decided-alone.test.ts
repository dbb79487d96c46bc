import type { Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { aReview, BACKUP, RECOMMENDED, type Review } from '@vigie/test/support/reviewed.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arbitrate } from '../arbitrations/arbitrate.ts'
import { arbitrationInput } from '../arbitrations/schema.ts'
import { readRequirement } from '../conformity/read-requirement.ts'
import { approveDerogation } from '../derogations/approve-derogation.ts'
import { refuseDerogation } from '../derogations/refuse-derogation.ts'
import { requestDerogation } from '../derogations/request-derogation.ts'
import { approvalInput, refusalInput } from '../derogations/schema.ts'
import { decideDispute } from '../disputes/decide-dispute.ts'
import { openDispute } from '../disputes/open-dispute.ts'
import { disputeDecisionInput } from '../disputes/schema.ts'
import { decideCases } from './decide-cases.ts'
import { listBatches } from './list-batches.ts'
import { decisionsInput, type DecisionsInput } from './schema.ts'
import { undoBatch } from './undo-batch.ts'

const IN_SIX_MONTHS = '2027-05-16T09:00:00Z'
const reason = 'Constaté sur place le 15 novembre'
const justification = 'Le prestataire remplace le matériel en juillet 2027.'
const decision = { verdict: 'compliant', reason, expiresAt: IN_SIX_MONTHS } as const
const CHANGED = { code: 'conflict', detail: expect.stringContaining('a changé depuis') as string }
let db: Database
let review: Review
beforeAll(async () => {
  db = await aDatabase()
  review = aReview(db, { seed: 61, academie: '14' })
})
afterAll(() => db.close())

const seenAt = async (uai: string, requirement: string = BACKUP) =>
  (await readRequirement(review.rssi, uai, requirement)).seen
const settling = (uai: string, more: Partial<DecisionsInput> = {}): DecisionsInput => ({
  ...{ kind: 'contradiction', cases: [`${uai}.${BACKUP}`], outcome: 'declared', reason },
  ...{ expiresAt: IN_SIX_MONTHS, preview: false, ...more },
})
const asking = (uai: string) =>
  requestDerogation(
    review.as('chef_etablissement', uai),
    { uai },
    { requirement: RECOMMENDED, justification, expiresAt: IN_SIX_MONTHS },
  )
const disputing = (uai: string) =>
  openDispute(
    review.as('chef_etablissement', uai),
    { uai },
    { requirement: BACKUP, kind: 'not_applicable', reason: justification },
  )
const batches = async () => (await listBatches(review.rssi, { page: 1, pageSize: 200 })).rows

describe('a case that is decided alone', () => {
  it('is settled as it was seen, or not at all', async () => {
    const uai = await review.contradicted()
    const target = { uai, requirement: BACKUP }
    const seen = await seenAt(uai)
    await review.say(uai, BACKUP, 'partial')
    await expect(arbitrate(review.rssi, target, { ...decision, seen })).rejects.toMatchObject(CHANGED)
    await expect(decideCases(review.rssi, settling(uai, { seen }))).rejects.toMatchObject(CHANGED)
    expect((await review.statusOf(uai))?.status).toBe('contradiction')
    await arbitrate(review.rssi, target, { ...decision, seen: await seenAt(uai) })
    expect((await review.statusOf(uai))?.basis).toBe('arbitrated')
  })

  it('has changed when the measures say something else, not when they say the same again', async () => {
    const [same, other] = [await review.contradicted(), await review.contradicted()]
    const seen = { same: await seenAt(same), other: await seenAt(other) }
    review.clock.advance(3_600_000)
    await review.observe(same, 900)
    await review.observe(other, 100)
    expect(await decideCases(review.rssi, settling(same, { seen: seen.same }))).toMatchObject({ decided: 1 })
    await expect(decideCases(review.rssi, settling(other, { seen: seen.other }))).rejects.toMatchObject(
      CHANGED,
    )
  })

  it('is answered as it was seen when it was asked for: a derogation, a dispute', async () => {
    const uai = await review.contradicted()
    const derogation = { uai, id: (await asking(uai)).id }
    const dispute = await disputing(uai)
    const seen = { derogation: await seenAt(uai, RECOMMENDED), dispute: await seenAt(uai) }
    await review.say(uai, RECOMMENDED, 'partial')
    await review.say(uai, BACKUP, 'not_applicable')
    await expect(approveDerogation(review.rssi, derogation, { seen: seen.derogation })).rejects.toMatchObject(
      CHANGED,
    )
    await expect(
      refuseDerogation(review.rssi, derogation, { reason, seen: seen.derogation }),
    ).rejects.toMatchObject(CHANGED)
    const refusal = { decision: 'refused', reason } as const
    await expect(
      decideDispute(review.rssi, dispute, { ...refusal, seen: seen.dispute }),
    ).rejects.toMatchObject(CHANGED)
    await approveDerogation(review.rssi, derogation, { seen: await seenAt(uai, RECOMMENDED) })
    await decideDispute(review.rssi, dispute, { ...refusal, seen: await seenAt(uai) })
  })

  it('is never decided blind through the API', () => {
    const blind = [
      arbitrationInput.safeParse(decision),
      approvalInput.safeParse({}),
      refusalInput.safeParse({ reason }),
      disputeDecisionInput.safeParse({ decision: 'refused', reason }),
      decisionsInput.safeParse(settling('0990001N')),
    ]
    expect(blind.map(({ success }) => success)).toEqual(blind.map(() => false))
    const two = { ...settling('0990001N'), cases: [`0990001N.${BACKUP}`, `0990002P.${BACKUP}`] }
    const seen = 'a'.repeat(64)
    expect(decisionsInput.safeParse({ ...two, seen }).success).toBe(false)
    expect(decisionsInput.safeParse({ ...two, previewed: seen }).success).toBe(true)
    expect(decisionsInput.safeParse(settling('0990001N', { seen })).success).toBe(true)
  })
})

describe('a decision that was taken alone', () => {
  it('stands among the decisions taken, and is undone there', async () => {
    review.clock.advance(1_000)
    const uai = await review.contradicted()
    await arbitrate(review.rssi, { uai, requirement: BACKUP }, decision)
    const [batch] = await batches()
    expect(batch).toMatchObject({ kind: 'arbitration', reason, decisions: 1, undoneAt: null })
    expect(await undoBatch(review.rssi, { id: batch!.id })).toEqual({ undone: 1, kept: [] })
    expect((await review.statusOf(uai))?.status).toBe('contradiction')
  })

  it('is undone with what was asked, which waits again', async () => {
    review.clock.advance(3_600_000)
    const uai = await review.place()
    await review.observe(uai, 900)
    const [granted, refused] = [await asking(uai), await asking(await review.place())]
    const dispute = await disputing(uai)
    await approveDerogation(review.rssi, granted, {})
    review.clock.advance(1_000)
    await refuseDerogation(review.rssi, refused, { reason })
    review.clock.advance(1_000)
    await decideDispute(review.rssi, dispute, { decision: 'accepted', reason, expiresAt: IN_SIX_MONTHS })
    const last = (await batches()).slice(0, 3)
    expect(last.map(({ kind }) => kind)).toEqual(['dispute', 'derogation_refusal', 'derogation_approval'])
    for (const { id } of last)
      expect(await undoBatch(review.rssi, { id })).toMatchObject({ undone: 1, kept: [] })
    const told = await readRequirement(review.rssi, uai, RECOMMENDED)
    expect(told.derogation?.state).toBe('pending')
    expect((await readRequirement(review.rssi, refused.uai, RECOMMENDED)).derogation?.state).toBe('pending')
    expect((await readRequirement(review.rssi, uai, BACKUP)).dispute?.decision).toBeNull()
    expect((await review.statusOf(uai))?.status).toBe('non_compliant')
  })
})
