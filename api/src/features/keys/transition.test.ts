import { schema, type Database, type Identity, type Tx } from '@vigie/db'
import {
  IN_HAND,
  KEY_LIFE,
  KEY_STATES,
  KEY_TRANSITIONS,
  type KeyActor,
  type KeyState,
  type KeyTransition,
  type Precondition,
} from '@vigie/rules'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHolder, as, someone } from '@vigie/test/support/key.ts'
import { aKeyIn, type Situation } from '@vigie/test/support/key-in-state.ts'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { allowedTransitions } from './allowed.ts'
import { transition, type TransitionFacts } from './transition.ts'

const { otpCredential, otpHolder, otpKey } = schema
const CIRCONSCRIPTION = '0991001A'
const WORKER: Identity = { role: 'vigie_worker' }

let db: Database
let deps: Deps
let uai: string
const situations = new Map<KeyState, Situation>()

beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db)
  uai = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
  await db.ensureMonths('journal_entry', [deps.clock.now()])
  for (const state of KEY_STATES) situations.set(state, await aKeyIn(deps, state, uai))
}, 60_000)
afterAll(() => db.close())

interface Caller {
  readonly ctx: Context
  readonly identity: Identity
}

const scopedTo = (ctx: Context): Caller => {
  if (ctx.actor.kind !== 'account') throw new Error('an account was expected')
  return {
    ctx,
    identity: { role: 'vigie_app', perimeters: ctx.actor.grants.map(({ perimeter }) => perimeter) },
  }
}

/** Someone who is that, and nothing else, to a directeur's key. */
async function callerOf(actor: KeyActor | 'nobody', { holder }: Situation): Promise<Caller> {
  switch (actor) {
    case 'manager':
      return scopedTo(as(deps, 'osp', 'departement', '991'))
    case 'superior':
      return scopedTo(as(deps, 'ien', 'circonscription', CIRCONSCRIPTION))
    case 'assistance':
      return scopedTo(as(deps, 'assistance', 'academie', '98'))
    case 'nobody':
      return scopedTo(as(deps, 'rssi', 'academie', '98'))
    case 'system':
      return { ctx: contextOf(deps), identity: WORKER }
    case 'holder': {
      const account = someone(deps, { role: 'porteur', perimeter: { kind: 'etablissement', code: uai } })
      await linkAccount(holder.id, account.id)
      return {
        ctx: contextOf(deps, account),
        identity: { role: 'vigie_app', perimeters: [], accountId: account.id },
      }
    }
  }
}

async function linkAccount(holderId: string, accountId: string): Promise<void> {
  await db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.insert(schema.account).values({
      id: accountId,
      login: accountId,
      displayName: 'Porteur des essais',
      passwordHash: '',
      createdAt: deps.clock.now(),
    }),
  )
  await db.transact(WORKER, (tx) =>
    tx.update(schema.otpHolder).set({ accountId }).where(eq(schema.otpHolder.id, holderId)),
  )
}

class Undone extends Error {}

/** Runs a transition, looks at what it wrote with the owner's eyes, then undoes everything. Out: the refusal, or null. */
async function attempt(
  { ctx, identity }: Caller,
  situation: Situation,
  name: KeyTransition,
  change: Partial<TransitionFacts> = {},
  look: (tx: Tx) => Promise<void> = async () => {},
): Promise<AppError | null> {
  const kind = name === 'hand_over' || name === 'take_back' ? name : 'other'
  const facts = { ...situation.factsFor(kind), ...change }
  try {
    await db.transact(identity, async (tx) => {
      await transition(tx, ctx, situation.key, name, facts)
      await tx.execute(sql`reset role`)
      await look(tx)
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof AppError) return error
    if (error instanceof Undone) return null
    throw error
  }
  return null
}

async function expectTraces(
  tx: Tx,
  { key, holder }: Situation,
  name: KeyTransition,
  ctx: Context,
): Promise<void> {
  const { keyTransition, journalEntry } = schema
  const to = KEY_LIFE[name].to
  const [written] = await tx.select().from(otpKey).where(eq(otpKey.id, key.id))
  expect(written).toMatchObject({ state: to, stateSince: deps.clock.now() })
  const credentials = await tx.select().from(otpCredential).where(eq(otpCredential.keyId, key.id))
  expect(credentials.map(({ active }) => active)).toEqual(written?.holderId ? [to === 'active'] : [])
  const traces = await tx.select().from(keyTransition).where(eq(keyTransition.keyId, key.id))
  expect(traces).toMatchObject([
    { transition: name, fromState: key.state, toState: to, actorKind: ctx.actor.kind },
  ])
  expect(traces[0]?.holderId).toBe(name === 'bind' || key.holderId ? holder.id : null)
  const entries = await tx
    .select()
    .from(journalEntry)
    .where(and(eq(journalEntry.subjectId, key.id), eq(journalEntry.action, `key.${name}`)))
  expect(entries).toMatchObject([{ details: { serial: key.serial, from: key.state, to } }])
  expect(JSON.stringify(entries[0]?.details)).not.toMatch(/Essai|Raison|\+33/)
}

const ACTORS = ['manager', 'superior', 'assistance', 'holder', 'system', 'nobody'] as const

/** What is out of sight does not exist; else the role is judged before the state. */
function refusalOf(actor: (typeof ACTORS)[number], { key }: Situation, allowed: boolean): string {
  if (actor === 'holder' && key.holderId === null) return 'not_found'
  if (actor === 'superior' && key.circonscription === null) return 'not_found'
  const superiorOfNobody = actor === 'superior' && key.holderId === null
  return allowed && !superiorOfNobody ? 'conflict' : 'forbidden'
}

describe.each(ACTORS)('transitions asked by %s', (actor) => {
  it.each(KEY_TRANSITIONS)('%s happens exactly where the life of a key says', async (name) => {
    const { by, from } = KEY_LIFE[name]
    const allowed = (by as readonly string[]).includes(actor)
    for (const state of KEY_STATES) {
      const situation = situations.get(state)!
      const caller = await callerOf(actor, situation)
      const told = `${name} from ${state} by ${actor}`
      const refusal = await attempt(caller, situation, name, {}, (tx) =>
        expectTraces(tx, situation, name, caller.ctx),
      )
      if (allowed && from.includes(state)) expect(refusal, told).toBeNull()
      else {
        expect(refusal?.code, told).toBe(refusalOf(actor, situation, allowed))
        expect(refusal?.detail, told).toMatch(/[a-zé].{20,}/)
      }
    }
  })
})

/** What breaks each precondition: in the facts, or in the rows. */
const BROKEN: Record<Precondition, Breach> = {
  holder: {
    rows: (tx, { holder }) =>
      tx.update(otpHolder).set({ departedAt: deps.clock.now() }).where(eq(otpHolder.id, holder.id)),
  },
  not_expired: {
    rows: (tx, { key }) => tx.update(otpKey).set({ expiresOn: '2026-11-15' }).where(eq(otpKey.id, key.id)),
  },
  face_to_face: { facts: { identityChecked: undefined }, code: 'invalid_input' },
  bordereau: { facts: { bordereauId: undefined } },
  pin: {
    rows: (tx, { holder }) =>
      tx.update(otpCredential).set({ pepperId: null }).where(eq(otpCredential.holderId, holder.id)),
  },
  first_code: { facts: { firstCodeProven: undefined } },
  call_back: { facts: { calledBackAt: undefined }, code: 'invalid_input' },
  reason: { facts: { reason: ' \u00a0 ' }, code: 'invalid_input' },
  attempts_spent: {
    rows: (tx, { holder }) =>
      tx.update(otpCredential).set({ failCount: 9 }).where(eq(otpCredential.holderId, holder.id)),
  },
}

interface Breach {
  readonly facts?: Partial<TransitionFacts>
  readonly rows?: (tx: Tx, situation: Situation) => Promise<unknown>
  readonly code?: string
}

const NEEDS = KEY_TRANSITIONS.flatMap((name) => KEY_LIFE[name].needs.map((need) => [name, need] as const))

describe('preconditions', () => {
  it.each(NEEDS)('%s is refused without %s, and with it goes through', async (name, need) => {
    const { from, by } = KEY_LIFE[name]
    const situation = await aKeyIn(deps, from[0]!, uai)
    const caller = await callerOf(by.at(-1)!, situation)
    expect(await attempt(caller, situation, name)).toBeNull()
    const { facts = {}, rows, code = 'conflict' } = BROKEN[need]
    if (rows) await db.transact(WORKER, (tx) => rows(tx, situation))
    const refusal = await attempt(caller, situation, name, facts)
    expect(refusal?.code).toBe(code)
  })

  it.each([
    ['long ago', '2026-11-16T07:59:59Z'],
    ['in the future', '2026-11-16T09:00:01Z'],
  ])('a call-back made %s is none', async (_, at) => {
    const situation = situations.get('locked')!
    const caller = await callerOf('assistance', situation)
    const refusal = await attempt(caller, situation, 'unlock', { calledBackAt: new Date(at) })
    expect(refusal?.errors[0]?.pointer).toBe('/calledBack')
  })

  it('a call-back asks for a number that was known before', async () => {
    const situation = await aKeyIn(deps, 'locked', uai)
    await db.transact(WORKER, (tx) =>
      tx.update(otpHolder).set({ callBackNumber: null }).where(eq(otpHolder.id, situation.holder.id)),
    )
    const refusal = await attempt(await callerOf('assistance', situation), situation, 'unlock')
    expect(refusal).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('numéro de rappel') as string,
    })
  })

  it('a first code proven before this hand-over is none', async () => {
    const situation = await aKeyIn(deps, 'handed_over', uai)
    await db.transact(WORKER, (tx) =>
      tx
        .update(otpCredential)
        .set({ lastAcceptedAt: new Date('2026-11-16T08:59:59Z') })
        .where(eq(otpCredential.holderId, situation.holder.id)),
    )
    const refusal = await attempt(await callerOf('superior', situation), situation, 'activate')
    expect(refusal?.code).toBe('conflict')
  })

  it.each(['hand_over', 'take_back'] as const)(
    '%s takes the slip of that act, that key and that holder, once',
    async (name) => {
      const state = KEY_LIFE[name].from[0]!
      const [situation, other] = [await aKeyIn(deps, state, uai), await aKeyIn(deps, state, uai)]
      const caller = await callerOf('superior', situation)
      const wrongKind = situation.factsFor(name === 'hand_over' ? 'take_back' : 'hand_over').bordereauId
      const stranger = other.factsFor(name).bordereauId
      for (const bordereauId of [wrongKind, stranger, deps.random.uuid()]) {
        expect((await attempt(caller, situation, name, { bordereauId }))?.code).toBe('conflict')
      }
      const own = situation.factsFor(name).bordereauId!
      await db.transact(WORKER, (tx) =>
        tx.insert(schema.keyTransition).values({
          id: deps.random.uuid(),
          keyId: situation.key.id,
          transition: name,
          toState: 'returned',
          at: deps.clock.now(),
          actorKind: 'system',
          actorId: 'test',
          bordereauId: own,
        }),
      )
      expect((await attempt(caller, situation, name))?.detail).toContain('déjà servi')
    },
  )

  it('a person holds one key, and a key is bound in the département where it is', async () => {
    const holder = situations.get('active')!
    const stock = await aKeyIn(deps, 'stock', uai)
    const manager = await callerOf('manager', stock)
    const second = await attempt(manager, stock, 'bind', { holderId: holder.holder.id })
    expect(second?.detail).toContain(holder.key.serial)
    const division = as(deps, 'diaser', 'academie', '98')
    const college = await anEtablissement().college().inDepartement('992').insert(db)
    const teacher = await aHolder(deps, { uai: college, function: 'enseignant' })
    const far = await attempt(scopedTo(division), stock, 'bind', { holderId: teacher.id })
    expect(far).toMatchObject({ code: 'conflict', detail: expect.stringContaining('expédier') as string })
  })
})

describe('a software key', () => {
  it('is one person’s own: it is never given, taken back nor bound to another', async () => {
    for (const name of IN_HAND) {
      const state = KEY_LIFE[name].from[0]!
      const situation = await aKeyIn(deps, state, uai)
      await db.transact(WORKER, (tx) =>
        tx.update(otpKey).set({ kind: 'software' }).where(eq(otpKey.id, situation.key.id)),
      )
      const caller = await callerOf(KEY_LIFE[name].by[0]!, situation)
      expect(await attempt(caller, situation, name), name).toMatchObject({ code: 'conflict' })
      expect(
        allowedTransitions(caller.ctx.actor, { ...situation.key, kind: 'software' }, null),
      ).not.toContainEqual(expect.objectContaining({ transition: name }))
    }
  })
})

describe('a refusal of state', () => {
  it('names the state and what can be done from it', async () => {
    const situation = situations.get('lost')!
    const refusal = await attempt(await callerOf('manager', situation), situation, 'bind')
    expect(refusal?.detail).toContain('« Perdue »')
    expect(refusal?.detail).toContain('Révoquer')
  })
})
