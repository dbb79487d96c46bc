import { schema, type Tx } from '@vigie/db'
import {
  IN_HAND,
  KEY_ACTOR_LABELS,
  KEY_LIFE,
  KEY_STATE_LABELS,
  KEY_TRANSITION_WORDING,
  openTransitions,
  type KeyActor,
  type KeyTransition,
} from '@vigie/rules'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { credentialAfter, keyAfter } from './aftermath.ts'
import { advanceProcedures } from '../procedures/advance-procedures.ts'
import { keyActors } from './key-actors.ts'
import { findHolder, lockKey, type HolderRow, type KeyRow, type LockedKey } from './key-row.ts'
import { CHECKS } from './preconditions.ts'

/** What is told of a transition; each one takes what its preconditions ask for. */
export interface TransitionFacts {
  /** Whom the key is bound to. */
  readonly holderId?: string | undefined
  readonly reason?: string | undefined
  /** When the known number was dialled and answered. */
  readonly calledBackAt?: Date | undefined
  readonly identityChecked?: true | undefined
  /** True when `proveCode` has just accepted a code on the channel of activation. */
  readonly firstCodeProven?: true | undefined
  readonly bordereauId?: string | undefined
  readonly procedureId?: string | undefined
  /** Kept with the transition and in the journal: nothing personal, nothing secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

const EVERY_ACTOR = Object.keys(KEY_ACTOR_LABELS) as KeyActor[]

/**
 * The one place that changes a key's state, as `KEY_LIFE` allows. In: the caller's transaction, the key as it was read,
 * the transition and its facts. Writes the key, its credential, the history and the journal. Out: the key as it is now.
 * Errors: `forbidden` (not this caller's act), `conflict` (not from this state, or something is missing first),
 * `invalid_input` (a fact is missing), `not_found`.
 */
export async function transition(
  tx: Tx,
  ctx: Context,
  key: Pick<KeyRow, 'id'>,
  name: KeyTransition,
  facts: TransitionFacts = {},
): Promise<KeyRow> {
  const holderToBe = name === 'bind' ? facts.holderId : undefined
  const locked = await lockKey(tx, key.id, holderToBe)
  const holder = holderToBe === undefined ? locked.holder : await findHolder(tx, holderToBe)
  const rule = KEY_LIFE[name]
  refuseActor(name, actorsOf(ctx, locked, holder))
  refuseState(name, locked.key)
  for (const need of rule.needs) {
    const fault = await CHECKS[need]({
      tx,
      ctx,
      name,
      holder,
      facts,
      key: locked.key,
      credential: locked.credential,
    })
    if (fault) throw fault
  }
  return apply(tx, ctx, locked.key, holder, name, facts)
}

/**
 * Locks the key and says at once what `transition` would say of the caller and of the state: before a slip is printed.
 * Errors: `forbidden`, `conflict`, `not_found`.
 */
export async function refuseTransition(
  tx: Tx,
  ctx: Context,
  key: Pick<KeyRow, 'id'>,
  name: Exclude<KeyTransition, 'bind'>,
): Promise<LockedKey> {
  const locked = await lockKey(tx, key.id)
  refuseActor(name, actorsOf(ctx, locked, locked.holder))
  refuseState(name, locked.key)
  return locked
}

/** Binding takes someone who manages both the stock the key is in and the keys of that kind of holder. */
function actorsOf(ctx: Context, { key, holder: current }: LockedKey, holder: HolderRow | null) {
  const actors = keyActors(ctx.actor, key, holder)
  if (holder === current) return actors
  const ofKey = keyActors(ctx.actor, key, current)
  return actors.filter((actor) => ofKey.includes(actor))
}

function refuseActor(name: KeyTransition, actors: readonly KeyActor[]): void {
  const { by } = KEY_LIFE[name]
  if (by.some((actor) => actors.includes(actor))) return
  const who = by.map((actor) => KEY_ACTOR_LABELS[actor]).join(', ')
  throw new AppError(
    'forbidden',
    `« ${KEY_TRANSITION_WORDING[name].label} » ne vous revient pas pour cette clé. Peut le faire : ${who}.`,
  )
}

function refuseState(name: KeyTransition, { state, serial, kind }: KeyRow): void {
  if (kind === 'software' && IN_HAND.includes(name))
    throw new AppError(
      'conflict',
      `La clé ${serial} est un logiciel, propre à une personne : elle ne se remet ni ne se rend. Révoquez-la.`,
    )
  if (KEY_LIFE[name].from.includes(state)) return
  const open = openTransitions(state, EVERY_ACTOR).map((next) => KEY_TRANSITION_WORDING[next].label)
  const remedy = open.length === 0 ? 'Plus rien ne la change.' : `Ce qui reste possible : ${open.join(', ')}.`
  throw new AppError(
    'conflict',
    `La clé ${serial} est à l’état « ${KEY_STATE_LABELS[state]} » : « ${KEY_TRANSITION_WORDING[name].label} » n’est pas possible. ${remedy}`,
  )
}

async function apply(
  tx: Tx,
  ctx: Context,
  key: KeyRow,
  holder: HolderRow | null,
  name: KeyTransition,
  facts: TransitionFacts,
): Promise<KeyRow> {
  const { otpCredential, otpKey, keyTransition } = schema
  const at = ctx.clock.now()
  const to = KEY_LIFE[name].to
  const change = { state: to, stateSince: at, ...keyAfter(name, key, holder) }
  await tx.update(otpKey).set(change).where(eq(otpKey.id, key.id))
  if (holder) {
    const concerned =
      name === 'bind'
        ? eq(otpCredential.holderId, holder.id)
        : and(eq(otpCredential.holderId, holder.id), eq(otpCredential.keyId, key.id))
    await tx.update(otpCredential).set(credentialAfter(name, key)).where(concerned)
  }
  const reason = facts.reason?.trim() ?? null
  await tx.insert(keyTransition).values({
    id: ctx.random.uuid(),
    keyId: key.id,
    holderId: holder?.id ?? null,
    transition: name,
    fromState: key.state,
    toState: to,
    at,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.kind === 'anonymous' ? 'anonymous' : ctx.actor.id,
    reason,
    calledBackAt: facts.calledBackAt ?? null,
    bordereauId: facts.bordereauId ?? null,
    procedureId: facts.procedureId ?? null,
    details: { serial: key.serial, ...facts.details },
  })
  await record(tx, ctx, {
    action: `key.${name}`,
    subject: { kind: 'key', id: key.id },
    details: {
      serial: key.serial,
      from: key.state,
      to,
      holderId: holder?.id ?? null,
      bordereauId: facts.bordereauId ?? null,
      procedureId: facts.procedureId ?? null,
      uai: change.uai ?? key.uai,
      calledBackAt: facts.calledBackAt?.toISOString() ?? null,
      ...facts.details,
    },
  })
  await advanceProcedures(tx, ctx, { keyId: key.id, holderIds: holder ? [holder.id] : [] })
  return { ...key, ...change }
}
