import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { recordAct } from '../assistance/record-act.ts'
import { resynchronise } from '../otp/resynchronise.ts'
import { ownHolderWithKey, ownIdentity } from './own-holder.ts'
import type { OwnKeyAnswer } from './schema.ts'

/**
 * Finds one's token again from two codes in a row, through the budget of every path. Errors: `conflict` (no active key),
 * `invalid_input` (refused).
 */
export async function resynchroniseOwnKey(
  ctx: Context,
  codes: readonly [string, string],
): Promise<OwnKeyAnswer> {
  const { identity, accountId } = ownIdentity(ctx)
  const { holder, key } = await ctx.db.transact(identity, (tx) => ownHolderWithKey(tx, accountId))
  if (key.state !== 'active')
    throw new AppError(
      'conflict',
      'Une clé se resynchronise quand elle est active. Voyez où en est la vôtre.',
    )
  if (!(await resynchronise(ctx, { holderId: holder.id, codes, channel: 'self_service' }))) {
    const detail =
      'Ces deux codes n’ont pas été acceptés. Attendez deux nouveaux codes, et saisissez-les dans l’ordre.'
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/codes', detail }] })
  }
  await write(ctx, identity, (tx) =>
    recordAct(tx, ctx, { act: 'resynchronised', holderId: holder.id, keyId: key.id }),
  )
  return { done: 'Votre clé est resynchronisée : le code suivant fonctionne.', procedureId: null }
}
