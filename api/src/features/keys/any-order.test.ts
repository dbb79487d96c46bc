import { schema, type Database } from '@vigie/db'
import { KEY_LIFE, KEY_TRANSITIONS, type KeyState, type KeyTransition } from '@vigie/rules'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHolder, aKey, as } from '@vigie/test/support/key.ts'
import { count, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { authoriseKeyAct } from './authorise-act.ts'
import { bindKey } from './bind-key.ts'
import { choosePin } from './choose-pin.ts'
import { openHandOver } from './open-hand-over.ts'
import { takeBack } from './take-back.ts'
import { transition } from './transition.ts'

const CIRCONSCRIPTION = '0991001A'
let db: Database
let deps: Deps
let uai: string
let osp: Context
let ien: Context
let assistance: Context

beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db)
  uai = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
  osp = as(deps, 'osp', 'departement', '991')
  ien = as(deps, 'ien', 'circonscription', CIRCONSCRIPTION)
  assistance = as(deps, 'assistance', 'academie', '98')
})
afterAll(() => db.close())

interface Subject {
  readonly key: { readonly id: string; readonly serial: string }
  readonly holderId: string
}

/** Asks for a transition as someone who may, with all that it needs. Out: whether it happened. */
async function ask({ key, holderId }: Subject, name: KeyTransition): Promise<boolean> {
  const by = KEY_LIFE[name].by
  const ctx = by.includes('manager') ? osp : by.includes('superior') ? ien : assistance
  try {
    if (name === 'bind') await bindKey(osp, key.serial, holderId)
    else if (name === 'hand_over') await openHandOver(ien, key.serial, { identityChecked: true })
    else if (name === 'take_back') await takeBack(ien, key.serial, {})
    else {
      if (name === 'activate') await prove({ key, holderId })
      await write(ctx, authoriseKeyAct(ctx.actor), (tx) =>
        transition(tx, ctx, key, name, {
          reason: 'Raison des essais',
          calledBackAt: deps.clock.now(),
          firstCodeProven: true,
        }),
      )
    }
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** A PIN chosen, and a code accepted, as verification would have it. */
async function prove({ key, holderId }: Subject): Promise<void> {
  await choosePin(ien, key.serial, '4071')
  await db.asOwner((tx) =>
    tx
      .update(schema.otpCredential)
      .set({ lastAcceptedAt: deps.clock.now() })
      .where(eq(schema.otpCredential.holderId, holderId)),
  )
}

async function expectCoherent({ key, holderId }: Subject, state: KeyState, steps: number): Promise<void> {
  await db.asOwner(async (tx) => {
    const [row] = await tx.select().from(schema.otpKey).where(eq(schema.otpKey.id, key.id))
    const [credential] = await tx
      .select()
      .from(schema.otpCredential)
      .where(eq(schema.otpCredential.holderId, holderId))
    const held = !['stock', 'returned', 'scrapped'].includes(state)
    expect(row).toMatchObject({ state, holderId: held ? holderId : null })
    expect(credential).toMatchObject({ active: state === 'active', keyId: held ? key.id : null })
    const [traces] = await tx
      .select({ written: count() })
      .from(schema.keyTransition)
      .where(eq(schema.keyTransition.keyId, key.id))
    const [entries] = await tx
      .select({ written: count() })
      .from(schema.journalEntry)
      .where(eq(schema.journalEntry.subjectId, key.id))
    expect(traces?.written).toBe(steps)
    expect(entries?.written).toBeGreaterThanOrEqual(steps)
  })
}

const asked = KEY_TRANSITIONS.filter((name) => name !== 'lock')

describe('whatever is asked of a key, in whatever order', () => {
  it('its state, its credential, its history and the journal agree with the life of a key', async () => {
    const open = fc.integer({ min: 0, max: 999 }).map((pick) => ({ pick }))
    const any = fc.constantFrom(...asked)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(open, any), { minLength: 4, maxLength: 14 }), async (steps) => {
        const subject = { key: await aKey(deps), holderId: (await aHolder(deps, { uai })).id }
        let state: KeyState = 'stock'
        let done = 0
        for (const step of steps) {
          const possible = asked.filter((name) => KEY_LIFE[name].from.includes(state))
          const name = typeof step === 'string' ? step : possible[step.pick % possible.length]
          if (name === undefined) continue
          const expected = possible.includes(name)
          expect(await ask(subject, name), `${name} from ${state}`).toBe(expected)
          if (expected) {
            state = KEY_LIFE[name].to
            done += 1
          }
        }
        await expectCoherent(subject, state, done)
      }),
      { numRuns: 25 },
    )
  }, 120_000)
})
