import type { Context } from '../../context.ts'
import { write } from '../../journal/write.ts'
import { authoriseAny } from './authorise-act.ts'
import { findKey } from './key-row.ts'
import { holderOf, individualSlip } from './open-hand-over.ts'
import type { RestitutionInput, Slip } from './schema.ts'
import { refuseTransition, transition } from './transition.ts'

/**
 * Takes a key back from its holder: slip of restitution and change of state in one transaction. Out: the slip.
 * Errors: those of `transition`.
 */
export async function takeBack(
  ctx: Context,
  serial: string,
  input: RestitutionInput & { readonly procedureId?: string | undefined },
): Promise<Slip> {
  const identity = authoriseAny(ctx.actor, ['key:hand_over', 'key:manage'])
  return write(ctx, identity, async (tx) => {
    const { key } = await refuseTransition(tx, ctx, await findKey(tx, serial), 'take_back')
    const holder = await holderOf(tx, key)
    const slip = await individualSlip(tx, ctx, 'take_back', key, holder, {
      representative: input.representative ?? null,
      reason: input.reason ?? null,
    })
    await transition(tx, ctx, key, 'take_back', {
      reason: input.reason,
      bordereauId: slip.bordereauId,
      procedureId: input.procedureId,
    })
    return slip
  })
}
