import { PROCEDURES } from '@vigie/rules'
import type { Context } from '../../context.ts'
import { write } from '../../journal/write.ts'
import { transition } from '../keys/transition.ts'
import { insertProcedure } from '../procedures/open-procedure.ts'
import { ownHolderWithKey, ownIdentity } from './own-holder.ts'
import type { LossInput, OwnKeyAnswer } from './schema.ts'

const REPORTED = { lost: 'perdue', stolen: 'volée', broken: 'cassée' } as const

/**
 * The holder says that the key is lost, stolen or broken: it stops working at once, and its replacement is asked for.
 * A software key has none: it is taken up again. Errors: `conflict` when the key is not in the holder's hands.
 */
export async function reportOwnKey(ctx: Context, { kind, reason }: LossInput): Promise<OwnKeyAnswer> {
  const { identity, accountId } = ownIdentity(ctx)
  return write(ctx, identity, async (tx) => {
    const { holder, key, replacing } = await ownHolderWithKey(tx, accountId)
    const replaced = key.kind === 'hardware' && !replacing && !holder.departedAt
    const procedureId = replaced
      ? await insertProcedure(tx, ctx, holder, { kind: 'replacement', reason })
      : null
    await transition(tx, ctx, key, `report_${kind}`, {
      reason,
      ...(procedureId === null ? {} : { procedureId }),
    })
    const next =
      procedureId === null ? '' : ` « ${PROCEDURES.replacement.label} » est demandé à votre supérieur direct.`
    return { done: `Votre clé est signalée ${REPORTED[kind]} : elle ne fonctionne plus.${next}`, procedureId }
  })
}
