import { schema, type Database } from '@vigie/db'
import { aCirconscription, type Circonscription } from '@vigie/test/support/circonscription.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { aHolder } from '@vigie/test/support/key.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, Deps } from '../../context.ts'
import { changeKey } from '../keys/change-key.ts'
import { cancelProcedure } from './cancel-procedure.ts'
import { doStep } from './do-step.ts'
import { listProcedures } from './list-procedures.ts'
import { openProcedure } from './open-procedure.ts'
import { readProcedure } from './read-procedure.ts'
import type { NewProcedure } from './schema.ts'

const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let deps: Deps
let here: Circonscription
let elsewhere: Circonscription
beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db, { clock })
  here = await aCirconscription(deps)
  elsewhere = await aCirconscription(deps, '992')
})
afterAll(() => db.close())

const open = async (ctx: Context, input: NewProcedure) => (await openProcedure(ctx, input)).id
const stateOf = async (serial: string) =>
  (
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.otpKey).where(eq(schema.otpKey.serial, serial)),
    )
  )[0]?.state
const nextOf = async (id: string) => {
  const { next, outcome } = await readProcedure(here.ien, id)
  return next ? `${next.step} ${next.who}` : outcome
}

describe('stand-in for more than a week, and the return', () => {
  it('gives the stand-in a key, then takes it back, and says at each step who acts', async () => {
    const absent = await here.holder()
    const standIn = await here.holder()
    const own = await here.handOver(absent)
    const id = await open(here.ien, {
      kind: 'stand_in',
      holderId: absent,
      otherHolderId: standIn,
      reason: 'Congé',
    })
    expect(await nextOf(id)).toBe('rights_given superior')
    await doStep(here.ien, id, { step: 'rights_given' })
    expect(await nextOf(id)).toBe('holder_key_paused superior')
    await doStep(here.ien, id, { step: 'holder_key_paused', reason: 'Absence de trois semaines' })
    expect(await stateOf(own.serial)).toBe('paused')
    expect(await nextOf(id)).toBe('key_prepared manager')
    const prepared = await here.prepare(standIn)
    expect(await nextOf(id)).toBe('key_handed_over superior')
    await here.handOver(standIn, prepared)
    const done = await readProcedure(here.ien, id)
    expect(done).toMatchObject({ outcome: 'done', next: null, newKey: { serial: prepared.serial } })
    expect(done.steps.every((step) => step.done && step.at !== null)).toBe(true)

    const back = await open(here.ien, { kind: 'return_of_holder', holderId: absent })
    expect(await nextOf(back)).toBe('rights_removed superior')
    await doStep(here.ien, back, { step: 'rights_removed' })
    expect(await nextOf(back)).toBe('key_returned superior')
    await here.takeBack(prepared)
    expect(await nextOf(back)).toBe('holder_key_resumed superior')
    await doStep(here.ien, back, { step: 'holder_key_resumed' })
    expect(await nextOf(back)).toBe('done')
    expect(await stateOf(own.serial)).toBe('active')
  })

  it('closes when its last two steps are done at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const absent = await here.holder()
      const standIn = await here.holder()
      await here.handOver(absent)
      const id = await open(here.ien, { kind: 'stand_in', holderId: absent, otherHolderId: standIn })
      await here.handOver(standIn)
      await Promise.all([
        doStep(here.ien, id, { step: 'rights_given' }),
        doStep(here.ien, id, { step: 'rights_given' }).catch(() => 'closed meanwhile'),
        doStep(here.ien, id, { step: 'holder_key_paused' }),
      ])
      expect(await nextOf(id)).toBe('done')
    }
  })

  it('refuses an absence of a week, oneself, another function, and a stand-in of another circonscription', async () => {
    const absent = await here.holder()
    const standIn = await here.holder()
    await here.handOver(absent)
    const asked = { kind: 'stand_in', holderId: absent } as const
    await expect(open(here.ien, asked)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(open(here.ien, { ...asked, otherHolderId: absent })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await expect(
      open(here.ien, { ...asked, otherHolderId: standIn, dueOn: '2026-11-23' }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(open(here.ien, { ...asked, otherHolderId: await elsewhere.holder() })).rejects.toMatchObject(
      { code: 'not_found' },
    )
    await expect(
      open(here.ien, { ...asked, otherHolderId: standIn, dueOn: '2026-11-24' }),
    ).resolves.toBeTruthy()
    await expect(open(here.ien, { ...asked, otherHolderId: standIn })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      open(here.ien, { kind: 'return_of_holder', holderId: absent, otherHolderId: standIn }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is cancelled with a reason, and says what it leaves to put right', async () => {
    const absent = await here.holder()
    const standIn = await here.holder()
    await here.handOver(absent)
    const id = await open(here.ien, { kind: 'stand_in', holderId: absent, otherHolderId: standIn })
    await doStep(here.ien, id, { step: 'holder_key_paused' })
    await here.prepare(standIn)
    const cancelled = await cancelProcedure(here.ien, id, { reason: 'Revenu plus tôt' })
    expect(cancelled).toMatchObject({ outcome: 'cancelled', next: null })
    expect(cancelled.leftovers).toHaveLength(2)
    await expect(doStep(here.ien, id, { step: 'rights_given' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(cancelProcedure(here.ien, id, { reason: 'Encore' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('replacement', () => {
  it('stops the old key, waits for the superior, and ends when another key is active', async () => {
    const holderId = await here.holder()
    const old = await here.handOver(holderId)
    const id = await open(here.assistance, { kind: 'replacement', holderId, reason: 'Perdue' })
    await expect(doStep(here.assistance, id, { step: 'old_key_stopped' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await doStep(here.assistance, id, { step: 'old_key_stopped', incident: 'lost' })
    expect(await stateOf(old.serial)).toBe('lost')
    await expect(doStep(here.osp, id, { step: 'approved' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(doStep(here.assistance, id, { step: 'approved' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await doStep(here.ien, id, { step: 'approved' })
    expect(await nextOf(id)).toBe('old_key_revoked manager')
    await expect(doStep(here.osp, id, { step: 'old_key_revoked' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await doStep(here.osp, id, { step: 'old_key_revoked', calledBack: true })
    expect(await stateOf(old.serial)).toBe('revoked')
    const fresh = await here.handOver(holderId)
    const done = await readProcedure(here.osp, id)
    expect(done).toMatchObject({
      outcome: 'done',
      key: { serial: old.serial },
      newKey: { serial: fresh.serial },
    })
  })

  it('has nothing to replace for who has no key', async () => {
    await expect(
      open(here.ien, { kind: 'replacement', holderId: await here.holder() }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('departure', () => {
  it('is due on 7 July, and ends when the key is back in stock: the holder has left', async () => {
    const holderId = await here.holder()
    const key = await here.handOver(holderId)
    const id = await open(here.ien, { kind: 'departure', holderId })
    expect((await readProcedure(here.ien, id)).dueOn).toBe('2027-07-07')
    await expect(doStep(here.ien, id, { step: 'key_returned' })).rejects.toMatchObject({ code: 'conflict' })
    await here.takeBack(key)
    expect(await nextOf(id)).toBe('key_sent_back manager')
    await changeKey(here.osp, key.serial, { transition: 'restock' })
    expect(await nextOf(id)).toBe('done')
    const [holder] = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.otpHolder).where(eq(schema.otpHolder.id, holderId)),
    )
    expect(holder?.departedAt).toEqual(clock.now())
    await expect(open(here.ien, { kind: 'departure', holderId })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('scope', () => {
  it('keeps the cases of a circonscription from another, and from who only holds a key', async () => {
    const holderId = await here.holder()
    await here.handOver(holderId)
    const id = await open(here.ien, { kind: 'departure', holderId })
    const listed = async (ctx: Context) =>
      (await listProcedures(ctx, { open: 'true', page: 1 })).rows.map((row) => row.id)
    expect(await listed(here.ien)).toContain(id)
    expect(await listed(here.osp)).toContain(id)
    expect(await listed(elsewhere.ien)).not.toContain(id)
    expect(await listed(elsewhere.osp)).not.toContain(id)
    await expect(readProcedure(elsewhere.ien, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(doStep(elsewhere.ien, id, { step: 'key_returned' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(cancelProcedure(elsewhere.osp, id, { reason: 'Essai' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(open(elsewhere.ien, { kind: 'departure', holderId })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(open(here.assistance, { kind: 'departure', holderId })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('has no stand-in for a mairie, whose login is nobody’s', async () => {
    const [school] = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.etablissement).where(eq(schema.etablissement.uai, here.uai)),
    )
    const { id: mairie } = await aHolder(deps, { function: 'mairie', communeCode: school!.communeCode })
    await expect(open(here.osp, { kind: 'first_appointment', holderId: mairie })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})
