import { schema, type Database } from '@vigie/db'
import { openAccount } from '@vigie/test/support/account.ts'
import { aCirconscription, type Circonscription } from '@vigie/test/support/circonscription.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import type { TestKey } from '@vigie/test/support/key.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from '../../access/actor.ts'
import type { Context, Deps } from '../../context.ts'
import { helpHolder } from '../assistance/help-holder.ts'
import { changeKey } from '../keys/change-key.ts'
import { proveCode } from '../otp/prove.ts'
import { readProcedure } from '../procedures/read-procedure.ts'
import { changeOwnPin } from './change-own-pin.ts'
import { readOwnKey } from './read-own-key.ts'
import { reportOwnKey } from './report-own-key.ts'
import { resynchroniseOwnKey } from './resynchronise-own-key.ts'

const clock = aClock()
let db: Database
let deps: Deps
let here: Circonscription
let people = 0
beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db, { clock })
  here = await aCirconscription(deps)
})
afterAll(() => db.close())

interface Person {
  readonly ctx: Context
  readonly holderId: string
}

/** A directeur with an account of Vigie, linked to their file of holder. */
async function aDirecteur(): Promise<Person> {
  const login = `directeur.${(people += 1)}`
  const grants: Grant[] = [{ role: 'directeur_ecole', perimeter: { kind: 'etablissement', code: here.uai } }]
  const id = await openAccount(deps, { login, password: 'phrase longue des essais', grants })
  const holderId = await here.holder({ login })
  return { ctx: contextOf(deps, { kind: 'account', id, login, displayName: 'Directeur', grants }), holderId }
}
const withKey = async (): Promise<Person & { key: TestKey }> => {
  const person = await aDirecteur()
  return { ...person, key: await here.handOver(person.holderId) }
}
const proves = (holderId: string, pin: string, code: string) =>
  proveCode(here.assistance, { holderId, pin, code, channel: 'sign_in' })
const possible = async (ctx: Context) =>
  (await readOwnKey(ctx)).actions.filter((offer) => offer.possible).map(({ action }) => action)

describe('reading one’s own key', () => {
  it('says in plain words where it stands, from nothing to active', async () => {
    const { ctx, holderId } = await aDirecteur()
    expect(await readOwnKey(ctx)).toMatchObject({ key: null, actions: [] })
    const key = await here.prepare(holderId)
    expect((await readOwnKey(ctx)).situation).toContain('préparée à votre nom')
    expect(await possible(ctx)).toEqual(['report'])
    await here.handOver(holderId, key)
    expect(await readOwnKey(ctx)).toMatchObject({
      key: { serial: key.serial, state: 'active' },
      situation: 'Votre clé fonctionne.',
      pinSet: true,
    })
    expect(await possible(ctx)).toEqual(['change_pin', 'resynchronise', 'report'])
  })

  it('never replaces a forgotten key by itself, and says who does', async () => {
    const { ctx } = await withKey()
    const offer = (await readOwnKey(ctx)).actions.find(({ action }) => action === 'forgotten_key')
    expect(offer?.possible).toBe(false)
    expect(offer?.explanation).toContain('assistance')
  })

  it('is nobody else’s', async () => {
    const { key } = await withKey()
    const other = await aDirecteur()
    expect((await readOwnKey(other.ctx)).key).toBeNull()
    await expect(reportOwnKey(other.ctx, { kind: 'lost', reason: 'Pas la mienne' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(changeOwnPin(other.ctx, { code: here.code(key, 1), pin: '2580' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(readOwnKey(contextOf(deps))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('choosing another PIN', () => {
  it('takes the current one and a code, and the next sign-in takes the new one only', async () => {
    const { ctx, holderId, key } = await withKey()
    await expect(
      changeOwnPin(ctx, { currentPin: '9090', code: here.code(key, 1), pin: '2580' }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
    await changeOwnPin(ctx, { currentPin: '4071', code: here.code(key, 2), pin: '2580' })
    expect(await proves(holderId, '4071', here.code(key, 3))).toBe(false)
    expect(await proves(holderId, '2580', here.code(key, 4))).toBe(true)
  })

  it('takes a code alone when the PIN is forgotten, and sets one that the help desk has cleared', async () => {
    const { ctx, holderId, key } = await withKey()
    await changeOwnPin(ctx, { code: here.code(key, 1), pin: '2580' })
    expect(await proves(holderId, '2580', here.code(key, 2))).toBe(true)
    await helpHolder(here.assistance, holderId, { action: 'reset_pin', calledBack: true })
    expect(await readOwnKey(ctx)).toMatchObject({ pinSet: false })
    await changeOwnPin(ctx, { code: here.code(key, 3), pin: '6194' })
    expect(await proves(holderId, '6194', here.code(key, 4))).toBe(true)
  })

  it('refuses a replayed code, a wrong one and a guessable PIN, through the budget of every path', async () => {
    const { ctx, key } = await withKey()
    await expect(changeOwnPin(ctx, { code: here.code(key, 0), pin: '2580' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await expect(changeOwnPin(ctx, { code: here.code(key, 1), pin: '1234' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    for (let failed = 0; failed < 9; failed += 1) {
      clock.advance(3_600_000)
      await expect(changeOwnPin(ctx, { code: '000000', pin: '2580' })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
    expect(await readOwnKey(ctx)).toMatchObject({ key: { state: 'locked' } })
    await expect(changeOwnPin(ctx, { code: here.code(key, 1), pin: '2580' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('does not take a limited-time password for a code of the key', async () => {
    const { ctx, holderId, key } = await withKey()
    const { temporaryPassword } = await helpHolder(here.assistance, holderId, {
      action: 'temporary_password',
      calledBack: true,
    })
    await expect(changeOwnPin(ctx, { code: temporaryPassword!, pin: '2580' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await proves(holderId, '4071', here.code(key, 1))).toBe(true)
  })
})

describe('resynchronising and reporting', () => {
  it('finds the token again from two codes', async () => {
    const { ctx, holderId, key } = await withKey()
    await expect(resynchroniseOwnKey(ctx, ['000000', '111111'])).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await resynchroniseOwnKey(ctx, [here.code(key, 60), here.code(key, 61)])
    expect(await proves(holderId, '4071', here.code(key, 62))).toBe(true)
  })

  it('stops a lost key at once and asks for another', async () => {
    const { ctx, holderId, key } = await withKey()
    const { procedureId } = await reportOwnKey(ctx, { kind: 'lost', reason: 'Perdue en sortie scolaire' })
    expect(await proves(holderId, '4071', here.code(key, 1))).toBe(false)
    expect(await readProcedure(here.ien, procedureId!)).toMatchObject({
      next: { step: 'approved', who: 'superior' },
    })
    const mine = await readOwnKey(ctx)
    expect(mine).toMatchObject({ key: { state: 'lost' } })
    expect(mine.procedures).toMatchObject([{ id: procedureId, whoLabel: 'IEN de la circonscription' }])
    await expect(reportOwnKey(ctx, { kind: 'stolen', reason: 'Encore' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const [row] = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.keyTransition).where(eq(schema.keyTransition.procedureId, procedureId!)),
    )
    expect(row).toMatchObject({
      transition: 'report_lost',
      actorKind: 'account',
      reason: 'Perdue en sortie scolaire',
    })
  })

  it('does nothing to a suspended key but report it', async () => {
    const { ctx, key } = await withKey()
    await changeKey(here.ien, key.serial, { transition: 'pause', reason: 'Congé' })
    expect(await possible(ctx)).toEqual(['report'])
    await expect(resynchroniseOwnKey(ctx, ['123456', '654321'])).rejects.toMatchObject({ code: 'conflict' })
  })
})
