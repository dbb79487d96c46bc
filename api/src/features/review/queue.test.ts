import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { aReview, BACKUP, RECOMMENDED, type Review } from '@vigie/test/support/reviewed.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequirementId } from '@vigie/rules'
import { arbitrate } from '../arbitrations/arbitrate.ts'
import { declare } from '../declarations/declare.ts'
import { listDerogations } from '../derogations/list-derogations.ts'
import { requestDerogation } from '../derogations/request-derogation.ts'
import { openDispute } from '../disputes/open-dispute.ts'
import { decideCases } from './decide-cases.ts'
import { listBatches } from './list-batches.ts'
import { listReview } from './list-review.ts'
import { readCase } from './read-case.ts'
import { readFigures } from './read-figures.ts'
import type { DecisionsInput, ReviewQuery } from './schema.ts'
import { sendReminders } from './send-reminders.ts'
import { undoBatch } from './undo-batch.ts'

const DAY = 86_400_000
const IN_SIX_MONTHS = '2027-05-16T09:00:00Z'
const reason = 'Constaté sur place le 15 novembre'
const justification = 'Le prestataire remplace le matériel en juillet 2027.'
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const page = (query: Partial<ReviewQuery> = {}): ReviewQuery => ({ page: 1, pageSize: 50, ...query })
const caseOf = (uai: string) => `${uai}.${BACKUP}`
const settling = (cases: readonly string[], more: Partial<DecisionsInput> = {}): DecisionsInput => ({
  ...{ kind: 'contradiction', cases: [...cases], outcome: 'observed', reason },
  ...{ expiresAt: IN_SIX_MONTHS, preview: false, ...more },
})

describe('the queue', () => {
  let review: Review
  let first: string
  beforeAll(async () => {
    review = aReview(db, { seed: 41, academie: '16' })
    first = await review.contradicted((builder) =>
      builder.inDepartement('992').with({ name: 'Collège Aubépine' }),
    )
    review.clock.advance(DAY)
    const second = await review.contradicted()
    const head = review.as('chef_etablissement', second)
    await requestDerogation(
      head,
      { uai: second },
      { requirement: RECOMMENDED, justification, expiresAt: IN_SIX_MONTHS },
    )
    await openDispute(
      head,
      { uai: second },
      { requirement: BACKUP, kind: 'wrong_observation', reason: justification },
    )
  })

  it('holds what waits, the oldest first, counted by kind, and nothing of another académie', async () => {
    const elsewhere = aReview(db, { seed: 42, academie: '15' })
    await elsewhere.contradicted()
    const told = await listReview(review.rssi, page())
    expect(told.total).toBe(4)
    expect(told.rows[0]).toMatchObject({
      ...{ kind: 'contradiction', case: caseOf(first), name: 'Collège Aubépine', observed: 'non_compliant' },
      declared: { verdict: 'compliant', comment: 'Dit par le chef' },
    })
    expect(await readFigures(review.rssi, {})).toEqual({
      ...{ contradiction: 2, expiring: 0, derogation: 1, dispute: 1, total: 4 },
    })
    expect((await listReview(review.as('aqssi'), page())).total).toBe(4)
    await expect(listReview(review.as('chef_etablissement', first), page())).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('narrows by kind, département, service and words, page by page', async () => {
    const total = async (query: Partial<ReviewQuery>) => (await listReview(review.rssi, page(query))).total
    expect(await total({ kind: 'dispute' })).toBe(1)
    expect(await total({ departement: '992' })).toBe(1)
    expect(await total({ q: 'aubepine' })).toBe(1)
    expect(await total({ service: 'MCO-SVG' })).toBe(3)
    const second = await listReview(review.rssi, page({ page: 2, pageSize: 3 }))
    expect([second.total, second.rows.length]).toEqual([4, 1])
    const past = await listReview(review.rssi, page({ page: 3, pageSize: 3 }))
    expect([past.total, past.rows.length]).toEqual([4, 0])
  })

  it('gives one case its place and its neighbours, and says when it waits no more', async () => {
    const which = { kind: 'contradiction', case: caseOf(first) } as const
    const told = await readCase(review.rssi, which, {})
    expect(told).toMatchObject({ position: 1, total: 2, previous: null })
    expect(told.next?.case).toMatch(new RegExp(`\\.${BACKUP}$`))
    await expect(
      readCase(review.rssi, { kind: 'contradiction', case: `${first}.INF-PDT-8` }, {}),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it('holds declarations a month before their expiry and a month after, and writes to their authors', async () => {
    const uai = await review.place()
    const head = await review.aHead(uai, 'auteur.declaration@exemple.fr')
    await review.say(uai, 'INF-DIF-2', 'compliant')
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx
        .update(schema.declaration)
        .set({ author: head.actor.kind === 'account' ? head.actor.id : '' })
        .where(eq(schema.declaration.uai, uai)),
    )
    const until = review.clock.now().getTime() + 365 * DAY
    const waiting = async (days: number) => {
      review.clock.set(new Date(until + days * DAY).toISOString())
      return (await listReview(review.rssi, page({ kind: 'expiring', q: uai }))).rows
    }
    expect(await waiting(-31)).toEqual([])
    expect(await waiting(29)).toHaveLength(1)
    const [row] = await waiting(-29)
    expect(row).toMatchObject({ requirement: 'INF-DIF-2', remindedAt: null })
    expect(await sendReminders(review.rssi, { declarations: [row!.case] })).toEqual({
      ...{ reminded: 1, withoutAddress: 0 },
    })
    expect((await waiting(-29))[0]?.remindedAt).not.toBeNull()
    expect((await review.mails()).at(-1)?.subject).toContain('déclaration à renouveler')
    await review.say(uai, 'INF-DIF-2', 'partial')
    expect(await waiting(-29), 'a newer declaration replaced it').toEqual([])
    review.clock.set('2026-11-17T09:00:00Z')
  })
})

describe('a reminder', () => {
  it('goes once to the author of a declaration that waits in the queue, and of no other', async () => {
    const review = aReview(db, { seed: 46, academie: '10' })
    const uai = await review.place()
    const head = await review.aHead(uai, 'auteur.rappel@exemple.fr')
    const say = (requirement: RequirementId) =>
      declare(head, { uai, requirement }, { verdict: 'compliant', comment: 'Dit par la direction' })
    const replaced = await say('INF-DIF-2')
    review.clock.advance(5 * DAY)
    const newer = await say('INF-DIF-2')
    const other = await say('INF-DIF-1')
    const mailsOf = async () =>
      (await review.mails()).filter(({ recipients }) => recipients.includes('auteur.rappel@exemple.fr'))
    const remind = (...declarations: string[]) => sendReminders(review.rssi, { declarations })
    await expect(remind(newer.id, other.id), 'they hold for a year').rejects.toMatchObject({
      code: 'not_found',
    })
    review.clock.advance(355 * DAY)
    expect(await remind(replaced.id, newer.id)).toEqual({ reminded: 1, withoutAddress: 0 })
    review.clock.advance(60_000)
    expect(await remind(newer.id), 'a form sent twice').toEqual({ reminded: 1, withoutAddress: 0 })
    expect(await mailsOf()).toHaveLength(1)
    review.clock.advance(DAY)
    await remind(newer.id, other.id)
    expect(await mailsOf()).toHaveLength(3)
  })
})

describe('decisions taken together', () => {
  let review: Review
  beforeAll(() => {
    review = aReview(db, { seed: 43, academie: '14' })
  })

  it('say first what would change, by the rules and without writing, then do exactly that', async () => {
    const uais = [await review.contradicted(), await review.contradicted()]
    const asked = settling(uais.map(caseOf), { outcome: 'declared' })
    const before = await Promise.all(uais.map((uai) => review.scoreOf(uai)))
    const { effect, batchId, decided } = await decideCases(review.rssi, { ...asked, preview: true })
    expect([batchId, decided, effect?.etablissements]).toEqual([null, 2, 2])
    expect(effect?.moves).toEqual([{ from: 'contradiction', to: 'compliant', count: 2 }])
    expect(effect?.changes[0]).toMatchObject({ countedFrom: 'non_compliant', countedTo: 'compliant' })
    for (const [position, uai] of uais.entries()) {
      expect((await review.statusOf(uai))?.status).toBe('contradiction')
      expect(await review.scoreOf(uai)).toEqual(before[position])
    }
    const done = await decideCases(review.rssi, asked)
    expect(done).toMatchObject({ decided: 2, skipped: [], effect: null })
    for (const uai of uais) {
      expect(await review.statusOf(uai)).toMatchObject({ status: 'compliant', basis: 'arbitrated' })
      const told = effect?.scores.find((score) => score.uai === uai)
      const now = await review.scoreOf(uai)
      expect(now?.ePoints).toBe(2 * (told?.after.exige?.numerator ?? -1))
      expect(told?.after.exige?.numerator).toBe((told?.before.exige?.numerator ?? 0) + 1)
    }
  })

  it('skip what waits no more, with why, and refuse when nothing waits', async () => {
    const [first, second] = [await review.contradicted(), await review.contradicted()]
    await decideCases(review.rssi, settling([caseOf(first)]))
    const done = await decideCases(review.rssi, settling([caseOf(first), caseOf(second)]))
    expect(done.decided).toBe(1)
    expect(done.skipped).toEqual([
      { case: caseOf(first), why: expect.stringContaining('plus de décision') as string },
    ])
    await expect(decideCases(review.rssi, settling([caseOf(first)]))).rejects.toMatchObject({
      code: 'conflict',
    })
    const elsewhere = aReview(db, { seed: 44, academie: '13' })
    await expect(decideCases(elsewhere.rssi, settling([caseOf(second)]))).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('are complete, and taken by the RSSI alone', async () => {
    const cases = [caseOf(await review.contradicted())]
    const incomplete = { ...settling(cases), reason: undefined, expiresAt: undefined } as DecisionsInput
    await expect(decideCases(review.rssi, incomplete)).rejects.toMatchObject({
      errors: [{ pointer: '/reason' }, { pointer: '/expiresAt' }],
    })
    await expect(decideCases(review.rssi, settling(cases, { outcome: 'approve' }))).rejects.toMatchObject({
      errors: [{ pointer: '/outcome' }],
    })
    for (const actor of [review.as('aqssi'), review.as('osp')])
      await expect(decideCases(actor, settling(cases))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('are undone as a whole, save what something newer replaced, which is named', async () => {
    const [kept, undone] = [await review.contradicted(), await review.contradicted()]
    const { batchId } = await decideCases(review.rssi, settling([caseOf(kept), caseOf(undone)]))
    review.clock.advance(DAY)
    await review.observe(kept, 100)
    await arbitrate(
      review.rssi,
      { uai: kept, requirement: BACKUP },
      { verdict: 'partial', reason, expiresAt: IN_SIX_MONTHS },
    )
    const told = await undoBatch(review.rssi, { id: batchId! })
    expect(told).toEqual({
      undone: 1,
      kept: [{ uai: kept, requirement: BACKUP, why: 'Un arbitrage plus récent l’a remplacé.' }],
    })
    expect((await review.statusOf(undone))?.status).toBe('contradiction')
    expect(await review.statusOf(kept)).toMatchObject({ status: 'partial', basis: 'arbitrated' })
    await expect(undoBatch(review.rssi, { id: batchId! })).rejects.toMatchObject({ code: 'conflict' })
    const { rows } = await listBatches(review.as('aqssi'), { page: 1, pageSize: 10 })
    expect(rows.find(({ id }) => id === batchId)).toMatchObject({ decisions: 2, reason })
    expect(rows.find(({ id }) => id === batchId)?.undoneAt).not.toBeNull()
    const elsewhere = aReview(db, { seed: 45, academie: '13' })
    await expect(undoBatch(elsewhere.rssi, { id: batchId! })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('grant and refuse derogations, until the date asked for or another; undone, the request waits as asked', async () => {
    const uai = await review.place()
    await review.evaluate(uai)
    const head = review.as('chef_etablissement', uai)
    const asked = await requestDerogation(
      head,
      { uai },
      { requirement: RECOMMENDED, justification, expiresAt: IN_SIX_MONTHS },
    )
    const granting = settling([asked.id], {
      ...{ kind: 'derogation' as const, outcome: 'approve' as const, expiresAt: '2027-01-31T00:00:00Z' },
    })
    const { effect } = await decideCases(review.rssi, { ...granting, preview: true })
    expect(effect?.scores[0]?.after.recommande?.denominator).toBe(
      (effect?.scores[0]?.before.recommande?.denominator ?? 0) - 1,
    )
    const { batchId } = await decideCases(review.rssi, granting)
    expect((await review.statusOf(uai, RECOMMENDED))?.derogatedUntil).toEqual(
      new Date('2027-01-31T00:00:00Z'),
    )
    await undoBatch(review.rssi, { id: batchId! })
    expect((await review.statusOf(uai, RECOMMENDED))?.derogatedUntil ?? null).toBeNull()
    expect((await listDerogations(head, { uai })).rows[0]).toMatchObject({
      ...{ state: 'pending', expiresAt: new Date(IN_SIX_MONTHS).toISOString() },
    })
    const refused = await decideCases(
      review.rssi,
      settling([asked.id], { kind: 'derogation', outcome: 'refuse' }),
    )
    expect(refused.decided).toBe(1)
    expect((await listDerogations(head, { uai })).rows[0]).toMatchObject({
      state: 'refused',
      refusalReason: reason,
    })
  })

  it('accept disputes as arbitrations; undone, both the dispute and the status come back', async () => {
    const uai = await review.place()
    await review.observe(uai, 900)
    const head = await review.aHead(uai, 'chef.lot@exemple.fr')
    const { id } = await openDispute(
      head,
      { uai },
      { requirement: BACKUP, kind: 'not_applicable', reason: justification },
    )
    const accepting = settling([id], { kind: 'dispute', outcome: 'accept' })
    const { batchId } = await decideCases(review.rssi, accepting)
    expect((await review.statusOf(uai))?.status).toBe('not_applicable')
    expect(await undoBatch(review.rssi, { id: batchId! })).toEqual({ undone: 1, kept: [] })
    expect((await review.statusOf(uai))?.status).toBe('non_compliant')
    expect((await listReview(review.rssi, page({ kind: 'dispute', q: uai }))).total).toBe(1)
    expect(
      (await review.mails()).filter(({ recipients }) => recipients.includes('chef.lot@exemple.fr')),
    ).toHaveLength(2)
  })
})
