import { schema, type Identity, type Tx } from '@vigie/db'
import {
  actorTitle,
  KEY_LIFE,
  KEY_STATE_LABELS,
  leftoversOf,
  PROCEDURES,
  stepsOf,
  type StepRule,
} from '@vigie/rules'
import { and, desc, eq, gte, inArray } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { keyActors } from '../keys/key-actors.ts'
import type { KeyRow } from '../keys/key-row.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { situationsOf, type ProcedureRow, type Situation } from './facts.ts'
import type { Procedure } from './schema.ts'
import { subjectOf, summarise } from './summarise.ts'

const { keyProcedure, keyTransition } = schema
type TransitionRow = typeof keyTransition.$inferSelect

interface Done {
  readonly at: Date
  readonly actorId: string
}

/** In: an id. Out: the case. Errors: `not_found` when absent or outside the caller's perimeters. */
export async function findProcedure(tx: Tx, id: string): Promise<ProcedureRow> {
  const [row] = await tx.select().from(keyProcedure).where(eq(keyProcedure.id, id))
  if (!row) throw new AppError('not_found', 'Cette procédure n’existe pas dans votre périmètre.')
  return row
}

/** One case with its steps, who acts now, and what the caller may do. Errors: `forbidden`, `not_found`. */
export const readProcedure = async (ctx: Context, id: string): Promise<Procedure> =>
  viewProcedure(ctx, authorise(ctx.actor, 'key:read'), id)

/** The same under the identity of a verb that has just written. */
export async function viewProcedure(ctx: Context, identity: Identity, id: string): Promise<Procedure> {
  const { situation, transitions } = await ctx.db.transact(identity, async (tx) => {
    const [found] = await situationsOf(tx, [await findProcedure(tx, id)])
    if (!found) throw new Error('a procedure has no situation')
    return { situation: found, transitions: await transitionsSince(tx, found) }
  })
  const { procedure, leavingKeys, arrivingKeys, holder } = situation
  const summary = summarise(situation, ctx.clock.now())
  if (summary === null || holder === null)
    throw new AppError('not_found', 'Cette procédure n’existe pas dans votre périmètre.')
  const rule = PROCEDURES[procedure.kind]
  const open = procedure.closedAt === null
  const steps = stepsOf(procedure.kind, situation).map(({ rule: step, done }) => ({
    rule: step,
    done: done || procedure.outcome === 'done',
    proof: done ? doneAt(step, situation, transitions) : null,
  }))
  const labelOf = await nameAuthors(ctx, [
    procedure.openedBy,
    ...steps.flatMap(({ proof }) => (proof ? [proof.actorId] : [])),
  ])
  const actorsOn = (step: StepRule) => {
    const subject = subjectOf(situation, step) ?? holder
    return keyActors(ctx.actor, subject, subject)
  }
  const caller = keyActors(ctx.actor, holder, holder)
  return {
    ...summary,
    summary: rule.summary,
    openedByLabel: labelOf(procedure.openedBy),
    key: keyView(leavingKeys.find(({ id: keyId }) => keyId === procedure.keyId) ?? leavingKeys[0]),
    newKey: keyView(arrivingKeys[0]),
    callBackNumber: holder.callBackNumber,
    steps: steps.map(({ rule: step, done, proof }) => ({
      step: step.step,
      label: step.label,
      change: step.change,
      who: step.by,
      whoLabel: actorTitle(step.by, (subjectOf(situation, step) ?? holder).holderFunction),
      done,
      at: proof?.at.toISOString() ?? null,
      byLabel: proof ? labelOf(proof.actorId) : null,
      how: howOf(step),
      needsCallBack: step.transitions.some((name) => KEY_LIFE[name].needs.includes('call_back')),
      mine: open && !done && mayDo(step, actorsOn(step)),
    })),
    leftovers: procedure.outcome === 'cancelled' ? [...leftoversOf(procedure.kind, situation)] : [],
    mayCancel: open && rule.openedBy.some((actor) => caller.includes(actor)),
  }
}

const mayDo = (step: StepRule, actors: ReturnType<typeof keyActors>): boolean =>
  actors.includes(step.by) ||
  step.transitions.some((name) => KEY_LIFE[name].by.some((actor) => actors.includes(actor)))

function howOf({ proof, transitions }: StepRule): 'tick' | 'transition' | 'key_file' | 'session' {
  if ('ticked' in proof) return 'tick'
  if ('convoked' in proof) return 'session'
  return transitions.length > 0 ? 'transition' : 'key_file'
}

const keyView = (key: KeyRow | undefined) =>
  key ? { serial: key.serial, state: key.state, stateLabel: KEY_STATE_LABELS[key.state] } : null

async function transitionsSince(tx: Tx, { procedure, leavingKeys, arrivingKeys }: Situation) {
  const keyIds = [...leavingKeys, ...arrivingKeys].map(({ id }) => id)
  if (keyIds.length === 0) return []
  return tx
    .select()
    .from(keyTransition)
    .where(and(inArray(keyTransition.keyId, keyIds), gte(keyTransition.at, procedure.openedAt)))
    .orderBy(desc(keyTransition.at))
}

/** When a step was done and by whom: its tick, the convocation, or the transition that made it true. */
function doneAt(rule: StepRule, situation: Situation, transitions: readonly TransitionRow[]): Done | null {
  const { proof, step } = rule
  const act = situation.acts.find((row) => row.act === step)
  if (act) return act
  if ('ticked' in proof || 'convoked' in proof)
    return situation.convokedAt ? { at: situation.convokedAt, actorId: situation.procedure.openedBy } : null
  const side = 'everyLeaving' in proof
  const states = side ? proof.everyLeaving : proof.someArriving
  const keys = side ? situation.leavingKeys : situation.arrivingKeys
  return (
    transitions.find(
      ({ keyId, toState, fromState }) =>
        keys.some(({ id }) => id === keyId) &&
        states.includes(toState) &&
        (fromState === null || !states.includes(fromState)),
    ) ?? null
  )
}
