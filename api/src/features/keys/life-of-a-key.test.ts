import { schema, type Database } from '@vigie/db'
import { KEY_LIFE, type KeyTransition } from '@vigie/rules'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHeldKey, aHolder, aKey, as } from '@vigie/test/support/key.ts'
import { aKeyIn } from '@vigie/test/support/key-in-state.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, Deps } from '../../context.ts'
import { write } from '../../journal/write.ts'
import { authoriseKeyAct } from './authorise-act.ts'
import { bindKey } from './bind-key.ts'
import { changeKey } from './change-key.ts'
import { openHandOver } from './open-hand-over.ts'
import { takeBack } from './take-back.ts'
import { transition } from './transition.ts'

const CIRCONSCRIPTION = '0991001A'
const clock = aClock()
let db: Database
let deps: Deps
let uai: string
let osp: Context
let ien: Context
let assistance: Context

beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db, { clock })
  uai = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
  osp = as(deps, 'osp', 'departement', '991')
  ien = as(deps, 'ien', 'circonscription', CIRCONSCRIPTION)
  assistance = as(deps, 'assistance', 'academie', '98')
})
afterAll(() => db.close())

const credentialOf = async (holderId: string) => {
  const [row] = await db.asOwner((tx) =>
    tx.select().from(schema.otpCredential).where(eq(schema.otpCredential.holderId, holderId)),
  )
  return row!
}
const keyRow = async (id: string) => {
  const [row] = await db.asOwner((tx) => tx.select().from(schema.otpKey).where(eq(schema.otpKey.id, id)))
  return row!
}
const reason = 'Raison des essais'

describe('life of a key', () => {
  it('goes from stock to stock through its holder’s hands, and its counter goes on', async () => {
    const holder = await aHolder(deps, { uai })
    const key = await aHeldKey(deps, holder.id)
    await changeKey(ien, key.serial, { transition: 'pause', reason })
    expect((await credentialOf(holder.id)).active).toBe(false)
    await changeKey(osp, key.serial, { transition: 'resume' })
    expect((await credentialOf(holder.id)).active).toBe(true)
    await takeBack(ien, key.serial, { reason })
    expect(await keyRow(key.id)).toMatchObject({
      state: 'returned',
      holderId: null,
      circonscription: CIRCONSCRIPTION,
    })
    expect(await credentialOf(holder.id)).toMatchObject({
      keyId: null,
      active: false,
      pinMac: null,
      pepperId: null,
    })
    await changeKey(osp, key.serial, { transition: 'restock' })
    expect(await keyRow(key.id)).toMatchObject({
      state: 'stock',
      holderId: null,
      departement: '991',
      circonscription: null,
      uai: null,
    })
    const [secret] = await db.asOwner((tx) =>
      tx.select().from(schema.otpSecret).where(eq(schema.otpSecret.keyId, key.id)),
    )
    expect(secret?.counter).toBe(1)
  })

  it('a lost key dies at once with its limited-time password; its replacement is left alone when it is found', async () => {
    const holder = await aHolder(deps, { uai })
    const lost = await aHeldKey(deps, holder.id)
    await db.asOwner((tx) =>
      tx
        .update(schema.otpCredential)
        .set({ temporaryMac: new Uint8Array(32), temporaryUntil: clock.now() })
        .where(eq(schema.otpCredential.holderId, holder.id)),
    )
    await changeKey(assistance, lost.serial, { transition: 'report_lost', reason })
    expect(await credentialOf(holder.id)).toMatchObject({
      active: false,
      temporaryMac: null,
      temporaryUntil: null,
    })
    const next = await aHeldKey(deps, holder.id, { seed: new Uint8Array(20).fill(9) })
    expect(await credentialOf(holder.id)).toMatchObject({ keyId: next.id, active: true })
    await takeBack(ien, lost.serial, {})
    const credential = await credentialOf(holder.id)
    expect(credential).toMatchObject({ keyId: next.id, active: true })
    expect(credential.pinMac).not.toBeNull()
  })

  it('an undone hand-over forgets the PIN and can be opened again with another slip', async () => {
    const holder = await aHolder(deps, { uai })
    const key = await aHeldKey(deps, holder.id, { until: 'handed_over' })
    await changeKey(ien, key.serial, { transition: 'undo_hand_over', reason })
    expect(await credentialOf(holder.id)).toMatchObject({ active: false, pinMac: null, keyId: key.id })
    const slip = await openHandOver(ien, key.serial, { identityChecked: true })
    expect(slip.number).toMatch(/^RD-991-2026-/)
  })

  it('unlocking clears the failures and asks for the call to the known number', async () => {
    const { key, holder } = await aKeyIn(deps, 'locked', uai)
    await expect(changeKey(assistance, key.serial, { transition: 'unlock' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await changeKey(assistance, key.serial, { transition: 'unlock', calledBack: true })
    expect(await credentialOf(holder.id)).toMatchObject({ active: true, failCount: 0, pausedUntil: null })
  })

  it('acts that need more than words are sent to their own route, and change nothing', async () => {
    for (const name of ['bind', 'hand_over', 'activate', 'take_back', 'lock'] as const) {
      const { key } = await aKeyIn(deps, KEY_LIFE[name].from[0]!, uai)
      await expect(
        changeKey(osp, key.serial, { transition: name, reason, calledBack: true }),
      ).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
  })
})

describe('at the same moment', () => {
  const asked = (ctx: Context, key: { id: string }, name: KeyTransition) =>
    write(ctx, authoriseKeyAct(ctx.actor), (tx) => transition(tx, ctx, key, name, { reason }))

  it('of two contradictory transitions one wins and the other is told', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { key } = await aKeyIn(deps, 'active', uai)
      const outcomes = await Promise.allSettled([
        asked(ien, key, 'report_lost'),
        asked(osp, key, 'report_stolen'),
        asked(assistance, key, 'report_broken'),
      ])
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(refused.map(({ reason: error }) => (error as { code: string }).code)).toEqual([
        'conflict',
        'conflict',
      ])
    }
  })

  it('a key goes to one holder, and a holder gets one key', async () => {
    const key = await aKey(deps)
    const holders = [await aHolder(deps, { uai }), await aHolder(deps, { uai })] as const
    const race = await Promise.allSettled(holders.map(({ id }) => bindKey(osp, key.serial, id)))
    expect(race.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const wanted = await aHolder(deps, { uai })
    const keys = [await aKey(deps), await aKey(deps)] as const
    const second = await Promise.allSettled(keys.map(({ serial }) => bindKey(osp, serial, wanted.id)))
    expect(second.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    for (const outcome of [...race, ...second]) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' })
    }
  })
})
