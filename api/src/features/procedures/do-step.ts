import { schema, type Tx } from '@vigie/db'
import {
  KEY_ACTOR_LABELS,
  openTransitions,
  PROCEDURES,
  stepsOf,
  type KeyTransition,
  type StepRule,
} from '@vigie/rules'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyActors } from '../keys/key-actors.ts'
import type { KeyRow } from '../keys/key-row.ts'
import { transition } from '../keys/transition.ts'
import { advanceProcedures } from './advance-procedures.ts'
import { situationsOf, type Situation } from './facts.ts'
import { authoriseKeyAct } from '../keys/authorise-act.ts'
import { findProcedure, viewProcedure } from './read-procedure.ts'
import type { Procedure, StepInput } from './schema.ts'
import { subjectOf } from './summarise.ts'

const EVERY_ACTOR = Object.keys(KEY_ACTOR_LABELS) as (keyof typeof KEY_ACTOR_LABELS)[]

/**
 * Does one step: ticks an act done outside Vigie, or asks of the key what the step is for. A step already done is left
 * as it is. Out: the case as it is now. Errors: `forbidden`, `not_found`, `invalid_input`, `conflict`.
 */
export async function doStep(ctx: Context, procedureId: string, input: StepInput): Promise<Procedure> {
  const identity = authoriseKeyAct(ctx.actor)
  await write(ctx, identity, async (tx) => {
    const procedure = await findProcedure(tx, procedureId)
    if (procedure.closedAt !== null)
      throw new AppError('conflict', 'Ce cas est clos : ouvrez-en un autre si la situation a changé.')
    const [situation] = await situationsOf(tx, [procedure])
    const found = situation && stepsOf(procedure.kind, situation).find(({ rule }) => rule.step === input.step)
    if (!situation || !found)
      throw new AppError('invalid_input', `« ${PROCEDURES[procedure.kind].label} » n’a pas cette étape.`, {
        errors: [{ pointer: '/step', detail: 'choisissez une étape de ce cas' }],
      })
    if (!found.done) await perform(tx, ctx, situation, found.rule, input)
    const holderIds = [procedure.holderId, ...(procedure.otherHolderId ? [procedure.otherHolderId] : [])]
    await advanceProcedures(tx, ctx, { holderIds })
  })
  return viewProcedure(ctx, identity, procedureId)
}

async function perform(tx: Tx, ctx: Context, situation: Situation, rule: StepRule, input: StepInput) {
  if ('ticked' in rule.proof) return tick(tx, ctx, situation, rule, input.reason)
  if (rule.transitions.length === 0) throw elsewhere(rule)
  const keys = 'everyLeaving' in rule.proof ? situation.leavingKeys : situation.arrivingKeys
  const todo = keys.flatMap((key) => {
    const name = askedOf(key, rule, input)
    return name ? [{ key, name }] : []
  })
  if (todo.length === 0)
    throw new AppError('conflict', 'L’état de la clé ne permet pas cette étape : voyez la fiche de la clé.')
  for (const { key, name } of todo)
    await transition(tx, ctx, key, name, {
      procedureId: situation.procedure.id,
      reason: input.reason ?? situation.procedure.reason ?? PROCEDURES[situation.procedure.kind].label,
      ...(input.calledBack ? { calledBackAt: ctx.clock.now() } : {}),
    })
}

/** The transition that the step asks of that key; null when its state does not open it. */
function askedOf(key: KeyRow, rule: StepRule, { incident }: StepInput): KeyTransition | null {
  const open = openTransitions(key.state, EVERY_ACTOR).filter((name) => rule.transitions.includes(name))
  if (open.length < 2) return open[0] ?? null
  const told = open.find((name) => name === `report_${incident}`)
  if (!told)
    throw new AppError('invalid_input', 'Dites ce qui est arrivé à la clé.', {
      errors: [{ pointer: '/incident', detail: 'choisissez perdue, volée ou cassée' }],
    })
  return told
}

async function tick(tx: Tx, ctx: Context, situation: Situation, rule: StepRule, reason: string | undefined) {
  const { procedure } = situation
  const subject = subjectOf(situation, rule)
  const actors = subject ? keyActors(ctx.actor, subject, subject) : []
  if (!subject || !actors.includes(rule.by) || ctx.actor.kind !== 'account')
    throw new AppError('forbidden', `Cette étape revient à ${KEY_ACTOR_LABELS[rule.by]}.`)
  await tx
    .insert(schema.keyAct)
    .values({
      id: ctx.random.uuid(),
      holderId: procedure.holderId,
      keyId: procedure.keyId,
      procedureId: procedure.id,
      act: rule.step,
      at: ctx.clock.now(),
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      reason: reason ?? null,
    })
    .onConflictDoNothing()
  await record(tx, ctx, {
    action: `procedure.${rule.step}`,
    subject: { kind: 'procedure', id: procedure.id },
    details: { kind: procedure.kind, holderId: procedure.holderId },
  })
}

const elsewhere = ({ step }: StepRule) =>
  new AppError(
    'conflict',
    {
      key_prepared: 'Cette étape se fait en attribuant une clé du stock au porteur.',
      key_handed_over: 'Cette étape se fait avec l’assistant de remise, face à face.',
      key_activated: 'Cette étape se fait avec l’assistant de remise, face à face.',
      key_returned: 'Cette étape se fait depuis la fiche de la clé, avec le bordereau de restitution.',
      key_sent_back: 'Cette étape se fait depuis la fiche de la clé : remise en stock ou mise au rebut.',
      convoked: 'Cette étape se fait en invitant le porteur à une séance de remise.',
    }[step as string] ?? 'Cette étape se fait depuis la fiche de la clé.',
  )
