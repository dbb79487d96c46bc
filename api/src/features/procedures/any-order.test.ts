import { schema, type Database } from '@vigie/db'
import { HELD_STATES, nextStep } from '@vigie/rules'
import { aCirconscription, type Circonscription } from '@vigie/test/support/circonscription.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { aKey, type TestKey } from '@vigie/test/support/key.ts'
import { eq, inArray, or } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { bindKey } from '../keys/bind-key.ts'
import { changeKey } from '../keys/change-key.ts'
import { takeBack } from '../keys/take-back.ts'
import { cancelProcedure } from './cancel-procedure.ts'
import { doStep } from './do-step.ts'
import { situationsOf } from './facts.ts'
import { openProcedure } from './open-procedure.ts'

let db: Database
let deps: Deps
let here: Circonscription
beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db)
  here = await aCirconscription(deps)
})
afterAll(() => db.close())

const { keyProcedure, otpCredential, otpKey } = schema
const reason = 'Essai dans le désordre'

/** Two people, two keys of the stock, one case; each call goes as far as the product lets it. */
interface World {
  readonly people: readonly [string, string]
  readonly keys: readonly TestKey[]
  procedureId: string | null
}

const KINDS = ['stand_in', 'return_of_holder', 'replacement', 'departure', 'first_appointment'] as const
const STEPS = [
  'rights_given',
  'holder_key_paused',
  'rights_removed',
  'holder_key_resumed',
  'old_key_stopped',
  'approved',
  'old_key_revoked',
] as const

const anyCall = fc.oneof(
  fc.record({ call: fc.constant('bind' as const), key: fc.nat(2), person: fc.nat(1) }),
  fc.record({ call: fc.constant('hand_over' as const), key: fc.nat(2), person: fc.nat(1) }),
  fc.record({ call: fc.constant('take_back' as const), key: fc.nat(2) }),
  fc.record({
    call: fc.constant('change' as const),
    key: fc.nat(2),
    transition: fc.constantFrom('pause', 'resume', 'restock', 'report_lost', 'revoke', 'scrap'),
  }),
  fc.record({ call: fc.constant('step' as const), step: fc.constantFrom(...STEPS), who: fc.nat(2) }),
  fc.record({ call: fc.constant('step' as const), step: fc.constantFrom(...STEPS), who: fc.nat(2) }),
  fc.record({ call: fc.constant('cancel' as const) }),
)
type Call = typeof anyCall extends fc.Arbitrary<infer T> ? T : never

async function make(world: World, call: Call): Promise<void> {
  const key = 'key' in call ? world.keys[call.key % world.keys.length]! : world.keys[0]!
  const person = 'person' in call ? world.people[call.person]! : world.people[0]
  switch (call.call) {
    case 'bind':
      await bindKey(here.osp, key.serial, person)
      return
    case 'hand_over':
      await here.handOver(person, key)
      return
    case 'take_back':
      await takeBack(here.ien, key.serial, { reason })
      return
    case 'change': {
      const manager = ['restock', 'revoke', 'scrap'].includes(call.transition)
      await changeKey(manager ? here.osp : here.ien, key.serial, {
        transition: call.transition,
        reason,
        calledBack: true,
      })
      return
    }
    case 'step':
      if (world.procedureId)
        await doStep([here.ien, here.osp, here.assistance][call.who]!, world.procedureId, {
          step: call.step,
          reason,
          calledBack: true,
          incident: 'broken',
        })
      return
    case 'cancel':
      if (world.procedureId) await cancelProcedure(here.ien, world.procedureId, { reason })
  }
}

const tried = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
  })
}

async function checkConsistency(world: World): Promise<void> {
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    const people = [...world.people]
    const keys = await tx.select().from(otpKey).where(inArray(otpKey.holderId, people))
    const credentials = await tx.select().from(otpCredential).where(inArray(otpCredential.holderId, people))
    for (const { holderId, keyId, active } of credentials) {
      const held = keys.filter((key) => key.holderId === holderId && HELD_STATES.includes(key.state))
      expect(held.length).toBeLessThanOrEqual(1)
      expect(active).toBe(held[0]?.state === 'active')
      if (active) expect(keyId).toBe(held[0]?.id)
    }
    const procedures = await tx
      .select()
      .from(keyProcedure)
      .where(or(...people.map((id) => eq(keyProcedure.holderId, id))))
    for (const situation of await situationsOf(tx, procedures)) {
      const { kind, closedAt, outcome, step } = situation.procedure
      if (closedAt === null) expect(nextStep(kind, situation)?.step).toBe(step)
      else expect(step).toBe(outcome)
    }
  })
}

describe('any order of calls', () => {
  it.each(KINDS)('leaves keys and cases consistent: %s', { timeout: 240_000 }, async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCall, { minLength: 4, maxLength: 9 }), async (calls) => {
        const people = [await here.holder(), await here.holder()] as const
        const first = kind === 'first_appointment' ? [] : [await here.handOver(people[0])]
        const world: World = {
          people,
          keys: [...first, await aKey(deps), await aKey(deps)],
          procedureId: null,
        }
        const opened = await openProcedure(here.ien, {
          kind,
          holderId: people[0],
          otherHolderId: people[1],
          reason,
        }).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error
          return null
        })
        world.procedureId = opened?.id ?? null
        for (const call of calls) {
          await tried(make(world, call))
          await checkConsistency(world)
        }
      }),
      { numRuns: 10 },
    )
  })
})
