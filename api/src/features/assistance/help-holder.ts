import { schema, type Identity, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { macTemporary } from '../../secrets/pin.ts'
import { keyActors } from '../keys/key-actors.ts'
import type { KeyRow } from '../keys/key-row.ts'
import { transition } from '../keys/transition.ts'
import { resynchronise } from '../otp/resynchronise.ts'
import { insertProcedure } from '../procedures/open-procedure.ts'
import { helpedPerson, type HelpedPerson } from './helped.ts'
import { ACTION_RULES, offeredActions } from './offered-actions.ts'
import { recordAct } from './record-act.ts'
import { HOURS, type AssistanceAction, type AssistanceAnswer, type AssistanceInput } from './schema.ts'
import { drawTemporaryPassword } from './temporary-password.ts'

const HOUR_MS = 3_600_000
const { otpCredential } = schema

type Person = HelpedPerson & { readonly key: KeyRow }

/**
 * One act of the help desk for a person who called. Out: what has changed. Errors: `forbidden`, `not_found`,
 * `invalid_input` (no call-back, no code), `conflict` when the act does not fit the key now.
 */
export async function helpHolder(
  ctx: Context,
  holderId: string,
  input: AssistanceInput,
): Promise<AssistanceAnswer> {
  const identity = authorise(ctx.actor, 'key:assist')
  if (input.action === 'resynchronise') return findTokenAgain(ctx, identity, holderId, input)
  return write(ctx, identity, async (tx) => {
    const person = await checked(tx, ctx, holderId, input)
    return ACTS[input.action as Exclude<AssistanceAction, 'resynchronise'>](tx, ctx, person, input)
  })
}

type Act = (tx: Tx, ctx: Context, person: Person, input: AssistanceInput) => Promise<AssistanceAnswer>

const ACTS: Readonly<Record<Exclude<AssistanceAction, 'resynchronise'>, Act>> = {
  unlock: async (tx, ctx, { holder, key }, { reason }) => {
    const calledBackAt = ctx.clock.now()
    if (key.state === 'locked') {
      await transition(tx, ctx, key, 'unlock', { calledBackAt, reason })
      return { done: 'La clé est déverrouillée : le porteur peut réessayer.' }
    }
    await tx
      .update(otpCredential)
      .set({ failCount: 0, pausedUntil: null })
      .where(eq(otpCredential.holderId, holder.id))
    await recordAct(tx, ctx, {
      act: 'delay_lifted',
      holderId: holder.id,
      keyId: key.id,
      calledBackAt,
      reason,
    })
    return { done: 'L’attente est levée : le porteur peut réessayer.' }
  },

  reset_pin: async (tx, ctx, { holder, key }, { reason }) => {
    await tx
      .update(otpCredential)
      .set({ pinMac: null, pepperId: null, temporaryMac: null, temporaryUntil: null })
      .where(eq(otpCredential.holderId, holder.id))
    await recordAct(tx, ctx, {
      act: 'pin_cleared',
      holderId: holder.id,
      keyId: key.id,
      calledBackAt: ctx.clock.now(),
      reason,
    })
    return {
      done: holder.accountId
        ? 'Le code PIN est effacé. Le porteur en choisit un autre dans « Ma clé », avec un code de sa clé.'
        : 'Le code PIN est effacé. Ce porteur n’a pas de compte Vigie : il en choisit un autre chez son supérieur direct.',
    }
  },

  temporary_password: async (tx, ctx, { holder, key }, { hours = HOURS.usual, reason }) => {
    const password = drawTemporaryPassword(ctx.random)
    const until = new Date(ctx.clock.now().getTime() + hours * HOUR_MS)
    await tx
      .update(otpCredential)
      .set({ temporaryMac: macTemporary(keyringOf(ctx.config), holder.id, password), temporaryUntil: until })
      .where(eq(otpCredential.holderId, holder.id))
    await recordAct(tx, ctx, {
      act: 'temporary_password',
      holderId: holder.id,
      keyId: key.id,
      calledBackAt: ctx.clock.now(),
      reason,
      details: { hours, until: until.toISOString() },
    })
    return {
      done: 'Dictez ce mot de passe au porteur : il tient lieu de code de la clé, avec son code PIN.',
      temporaryPassword: password,
      until: until.toISOString(),
    }
  },

  replacement: async (tx, ctx, { holder, key }, input) => {
    const reported =
      key.state === 'lost' || key.state === 'stolen' || key.state === 'broken' || key.state === 'revoked'
    if (!reported && !input.incident)
      throw fault('/incident', 'Dites ce qui est arrivé à la clé : perdue, volée ou cassée.')
    const reason = input.reason ?? 'Signalée par téléphone à l’assistance'
    const procedureId = await insertProcedure(tx, ctx, holder, { kind: 'replacement', reason })
    if (!reported && input.incident)
      await transition(tx, ctx, key, `report_${input.incident}`, {
        reason,
        procedureId,
        ...(input.calledBack ? { calledBackAt: ctx.clock.now() } : {}),
      })
    return {
      done: 'La clé ne fonctionne plus ; la demande de remplacement attend l’accord du supérieur direct.',
      procedureId,
    }
  },
}

/** Two codes in a row, through the budget of every path: the proof is made outside any transaction. */
async function findTokenAgain(
  ctx: Context,
  identity: Identity,
  holderId: string,
  input: AssistanceInput,
): Promise<AssistanceAnswer> {
  const { codes } = input
  if (!codes) throw fault('/codes', 'Donnez deux codes que la clé a affichés l’un après l’autre.')
  const { key } = await ctx.db.transact(identity, (tx) => checked(tx, ctx, holderId, input))
  if (!(await resynchronise(ctx, { holderId, codes, channel: 'assistance' })))
    throw fault(
      '/codes',
      'Ces deux codes ne se suivent pas sur cette clé. Faites-en dicter deux nouveaux, dans l’ordre.',
    )
  await write(ctx, identity, (tx) =>
    recordAct(tx, ctx, { act: 'resynchronised', holderId, keyId: key.id, reason: input.reason }),
  )
  return { done: 'La clé est resynchronisée : le code suivant fonctionne.' }
}

async function checked(tx: Tx, ctx: Context, holderId: string, input: AssistanceInput): Promise<Person> {
  const person = await helpedPerson(tx, holderId)
  const { key } = person
  if (!keyActors(ctx.actor, person.holder, person.holder).includes('assistance'))
    throw new AppError('forbidden', 'Faites-vous aider par un autre agent : nul ne s’assiste lui-même.')
  const offered = offeredActions(person, ctx.clock.now()).find(({ action }) => action === input.action)
  if (!offered || key === null)
    throw new AppError(
      'conflict',
      `« ${ACTION_RULES[input.action].label} » n’est pas possible dans l’état actuel de la clé : relisez la fiche.`,
    )
  if (offered.obstacle) throw new AppError('conflict', offered.obstacle)
  if (offered.needsCallBack && input.calledBack !== true)
    throw fault('/calledBack', 'Rappelez d’abord le porteur à son numéro connu, puis confirmez-le.')
  return { ...person, key }
}

const fault = (pointer: string, detail: string): AppError =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })
