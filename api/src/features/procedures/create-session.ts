import { schema } from '@vigie/db'
import { localDay, timeZoneOf } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import type { NewSession } from './session-schema.ts'

/** Sets a session at which keys are handed over. Out: its id. Errors: `forbidden`, `invalid_input` when it is past. */
export async function createSession(ctx: Context, input: NewSession): Promise<{ id: string }> {
  const identity = authorise(ctx.actor, 'key:stock')
  const academie =
    identity.role === 'vigie_app'
      ? identity.perimeters.find(({ kind }) => kind === 'academie')?.code
      : undefined
  if (academie === undefined)
    throw new AppError('forbidden', 'Une séance de remise se crée avec un compte de l’académie.')
  if (input.heldOn < localDay(ctx.clock.now(), timeZoneOf(academie)))
    throw new AppError('invalid_input', 'Cette date est passée.', {
      errors: [{ pointer: '/heldOn', detail: 'choisissez une date à venir' }],
    })
  const id = ctx.random.uuid()
  await write(ctx, identity, async (tx) => {
    await tx.insert(schema.handOverSession).values({
      id,
      academie,
      heldOn: input.heldOn,
      startsAt: input.startsAt ?? null,
      place: input.place,
      createdAt: ctx.clock.now(),
      createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : 'Vigie',
    })
    await record(tx, ctx, {
      action: 'hand_over_session.created',
      subject: { kind: 'hand_over_session', id },
      details: { heldOn: input.heldOn },
    })
  })
  return { id }
}
