import { schema, type Database } from '@vigie/db'
import { aCirconscription, type Circonscription } from '@vigie/test/support/circonscription.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { aHolder, type TestKey } from '@vigie/test/support/key.ts'
import { eq, sql } from 'drizzle-orm'
import { rowsOf } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../context.ts'
import { changeKey } from '../keys/change-key.ts'
import { proveCode } from '../otp/prove.ts'
import { readProcedure } from '../procedures/read-procedure.ts'
import { chooseNewPin } from './choose-new-pin.ts'
import { helpHolder } from './help-holder.ts'
import type { AssistanceInput } from './schema.ts'
import { searchHolders } from './search-holders.ts'

const clock = aClock()
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

const aPerson = async (): Promise<[string, TestKey]> => {
  const holderId = await here.holder()
  return [holderId, await here.handOver(holderId)]
}
const help = (holderId: string, input: AssistanceInput) => helpHolder(here.assistance, holderId, input)
const proves = (holderId: string, code: string, pin = '4071') =>
  proveCode(here.assistance, { holderId, pin, code, channel: 'sign_in' })
const cardOf = async (serial: string, as = here.assistance) =>
  (await searchHolders(as, { q: serial })).rows[0]
const actionsOf = async (serial: string) => (await cardOf(serial))?.actions.map(({ action }) => action)
const stateOf = async (serial: string) => (await cardOf(serial))?.key?.state
const actsOf = (holderId: string) =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.keyAct).where(eq(schema.keyAct.holderId, holderId)),
  )
async function spend(holderId: string, failures: number) {
  for (let failed = 0; failed < failures; failed += 1) {
    await proves(holderId, '000000')
    clock.advance(3_600_000)
  }
}

describe('search', () => {
  it('finds a person by a part of the name, the login or the serial, whatever the accents', async () => {
    const { id, login } = await aHolder(deps, {
      uai: here.uai,
      displayName: 'Éloïse D’Ambrecourt',
      login: 'e.ambre',
    })
    for (const q of ['eloise', 'AMBRECOURT', 'd’ambre eloi', login])
      expect(
        (await searchHolders(here.assistance, { q })).rows.map(({ holder }) => holder.id),
        q,
      ).toContain(id)
    const key = await here.prepare(id)
    expect((await cardOf(key.serial.toLowerCase()))?.holder.id).toBe(id)
    expect((await searchHolders(here.assistance, { q: '%%' })).rows).toEqual([])
  })

  it('shows each role its own perimeter, and the acts to the help desk only', async () => {
    const [holderId, { serial }] = await aPerson()
    expect((await cardOf(serial, here.ien))?.holder.id).toBe(holderId)
    expect((await cardOf(serial, here.ien))?.actions).toEqual([])
    expect(await cardOf(serial, elsewhere.ien)).toBeUndefined()
    expect(await cardOf(serial, elsewhere.osp)).toBeUndefined()
    await expect(
      helpHolder(here.ien, holderId, { action: 'unlock', calledBack: true }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(help(deps.random.uuid(), { action: 'unlock', calledBack: true })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('shows nothing secret', async () => {
    const [holderId, { serial }] = await aPerson()
    await help(holderId, { action: 'temporary_password', calledBack: true })
    const shown = JSON.stringify(await cardOf(serial))
    expect(shown).not.toMatch(/mac|seed|pepper|counter/i)
  })

  it('stops at twenty and says that there are more', async () => {
    for (let index = 0; index < 21; index += 1)
      await aHolder(deps, {
        uai: elsewhere.uai,
        displayName: `Homonyme ${index}`,
        login: `homonyme.${index}`,
      })
    const found = await searchHolders(here.assistance, { q: 'homonyme' })
    expect(found.rows).toHaveLength(20)
    expect(found.more).toBe(true)
  })
})

describe('unlocking', () => {
  it('frees a key that its attempts have locked, after a call-back, with the same PIN', async () => {
    const [holderId, key] = await aPerson()
    await spend(holderId, 10)
    expect(await stateOf(key.serial)).toBe('locked')
    expect(await actionsOf(key.serial)).toEqual(['unlock', 'replacement'])
    await expect(help(holderId, { action: 'unlock' })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await proves(holderId, here.code(key, 1))).toBe(false)
    await help(holderId, { action: 'unlock', calledBack: true })
    expect(await stateOf(key.serial)).toBe('active')
    expect(await proves(holderId, here.code(key, 1))).toBe(true)
  })

  it('lifts the delay of a key that failures slow down, and is not offered otherwise', async () => {
    const [holderId, key] = await aPerson()
    expect(await actionsOf(key.serial)).not.toContain('unlock')
    await expect(help(holderId, { action: 'unlock', calledBack: true })).rejects.toMatchObject({
      code: 'conflict',
    })
    for (let failed = 0; failed < 5; failed += 1) await proves(holderId, '000000')
    expect((await cardOf(key.serial))?.now.pausedUntil).not.toBeNull()
    expect(await proves(holderId, here.code(key, 1))).toBe(false)
    await help(holderId, { action: 'unlock', calledBack: true })
    expect(await proves(holderId, here.code(key, 1))).toBe(true)
    expect(await actsOf(holderId)).toMatchObject([{ act: 'delay_lifted', calledBackAt: clock.now() }])
  })
})

describe('forgotten PIN', () => {
  it('clears the PIN without showing any: the key waits for the one that its holder will choose', async () => {
    const [holderId, key] = await aPerson()
    await expect(help(holderId, { action: 'reset_pin' })).rejects.toMatchObject({ code: 'invalid_input' })
    const answer = await help(holderId, { action: 'reset_pin', calledBack: true })
    expect(Object.keys(answer)).toEqual(['done'])
    expect((await cardOf(key.serial))?.now.pinSet).toBe(false)
    expect(await proves(holderId, here.code(key, 1))).toBe(false)
    expect(await actionsOf(key.serial)).not.toContain('reset_pin')
  })

  it('is chosen again at the desk of the superior, with a code of the key', async () => {
    const [holderId, key] = await aPerson()
    await help(holderId, { action: 'reset_pin', calledBack: true })
    const chosen = { identityChecked: true, code: here.code(key, 1), pin: '2580' } as const
    await expect(chooseNewPin(here.diaser, holderId, chosen)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(chooseNewPin(elsewhere.ien, holderId, chosen)).rejects.toMatchObject({ code: 'not_found' })
    await expect(chooseNewPin(here.ien, holderId, { ...chosen, code: '000000' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await chooseNewPin(here.ien, holderId, chosen)
    expect(await proves(holderId, here.code(key, 2), '2580')).toBe(true)
  })

  it('is kept waiting when no number is known to call back', async () => {
    const { id } = await aHolder(deps, { uai: here.uai, callBackNumber: '' })
    const key = await here.handOver(id)
    const offered = (await cardOf(key.serial))?.actions.find(({ action }) => action === 'reset_pin')
    expect(offered).toMatchObject({ needsCallBack: true, callBackNumber: null })
    expect(offered?.obstacle).toContain('Aucun numéro connu')
    await expect(help(id, { action: 'reset_pin', calledBack: true })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('resynchronisation', () => {
  it('takes two codes dictated in a row, and counts what fails', async () => {
    const [holderId, key] = await aPerson()
    const codes = (first: number): [string, string] => [here.code(key, first), here.code(key, first + 1)]
    await expect(help(holderId, { action: 'resynchronise' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(
      help(holderId, { action: 'resynchronise', codes: [here.code(key, 40), here.code(key, 42)] }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
    expect((await cardOf(key.serial))?.now.failCount).toBe(1)
    await help(holderId, { action: 'resynchronise', codes: codes(40) })
    expect(await proves(holderId, here.code(key, 42))).toBe(true)
    await expect(help(holderId, { action: 'resynchronise', codes: codes(40) })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect((await actsOf(holderId)).map(({ act }) => act)).toEqual(['resynchronised'])
  })
})

describe('forgotten key', () => {
  it('gives a limited-time password once, that dies with its hours and is replaced by the next', async () => {
    const [holderId] = await aPerson()
    await expect(help(holderId, { action: 'temporary_password' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const first = await help(holderId, { action: 'temporary_password', calledBack: true })
    expect(first.temporaryPassword).toMatch(/^\d{8}$/)
    expect(first.until).toBe(new Date(clock.now().getTime() + 8 * 3_600_000).toISOString())
    const second = await help(holderId, { action: 'temporary_password', calledBack: true, hours: 1 })
    expect(await proves(holderId, first.temporaryPassword!)).toBe(false)
    expect(await proves(holderId, second.temporaryPassword!)).toBe(true)
    expect(await proves(holderId, second.temporaryPassword!, '1111')).toBe(false)
    clock.advance(3_600_000)
    expect(await proves(holderId, second.temporaryPassword!)).toBe(false)
  })

  it('is of no use without a PIN: it ends when the PIN is cleared, and waits for another', async () => {
    const [holderId, key] = await aPerson()
    await help(holderId, { action: 'temporary_password', calledBack: true })
    await help(holderId, { action: 'reset_pin', calledBack: true })
    const card = await cardOf(key.serial)
    expect(card?.now.temporaryUntil).toBeNull()
    expect(card?.actions.find(({ action }) => action === 'temporary_password')?.obstacle).toContain(
      'code PIN',
    )
    await expect(help(holderId, { action: 'temporary_password', calledBack: true })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('dies with the key', async () => {
    const [holderId, key] = await aPerson()
    const { temporaryPassword } = await help(holderId, {
      action: 'temporary_password',
      calledBack: true,
      hours: 24,
    })
    await changeKey(here.ien, key.serial, { transition: 'report_lost', reason: 'Introuvable' })
    expect(await proves(holderId, temporaryPassword!)).toBe(false)
    const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.otpCredential).where(eq(schema.otpCredential.holderId, holderId)),
    )
    expect(rows[0]).toMatchObject({ temporaryMac: null, temporaryUntil: null })
  })

  it('keeps the password nowhere in clear', async () => {
    const [holderId] = await aPerson()
    const { temporaryPassword } = await help(holderId, { action: 'temporary_password', calledBack: true })
    for (const table of ['key_act', 'journal_entry', 'key_transition', 'otp_credential']) {
      const found = await db.asOwner((tx) =>
        tx.execute(
          sql`select 1 from ${sql.identifier(table)} t where t::text like ${`%${temporaryPassword}%`}`,
        ),
      )
      expect(rowsOf(found), table).toEqual([])
    }
  })
})

describe('replacement asked for by telephone', () => {
  it('stops the key and opens the case, once', async () => {
    const [holderId, key] = await aPerson()
    await expect(help(holderId, { action: 'replacement' })).rejects.toMatchObject({ code: 'invalid_input' })
    const { procedureId } = await help(holderId, {
      action: 'replacement',
      incident: 'stolen',
      reason: 'Sac volé',
    })
    expect(await stateOf(key.serial)).toBe('stolen')
    expect(await readProcedure(here.ien, procedureId!)).toMatchObject({
      kind: 'replacement',
      reason: 'Sac volé',
      next: { step: 'approved', who: 'superior' },
    })
    expect((await cardOf(key.serial))?.now.openProcedure?.id).toBe(procedureId)
    await expect(help(holderId, { action: 'replacement', incident: 'lost' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('journal', () => {
  it('has one row for each act, without a name or a number', async () => {
    const [holderId, key] = await aPerson()
    await help(holderId, { action: 'temporary_password', calledBack: true })
    await help(holderId, { action: 'reset_pin', calledBack: true })
    await help(holderId, { action: 'replacement', incident: 'broken' })
    const rows = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, key.id)),
    )
    const actions = rows.map(({ action }) => action)
    for (const action of ['key.temporary_password', 'key.pin_cleared', 'key.report_broken'])
      expect(actions.filter((name) => name === action)).toHaveLength(1)
    expect(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toMatch(/Camille|porteur\.|\+33/)
  })
})
