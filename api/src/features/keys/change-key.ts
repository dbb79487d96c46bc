import type { KeyTransition } from '@vigie/rules'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { authoriseKeyAct } from './authorise-act.ts'
import { findKey } from './key-row.ts'
import { readKey } from './read-key.ts'
import type { KeyFile, TransitionInput } from './schema.ts'
import { transition } from './transition.ts'

/** Transitions that need more than words: each has its own verb. */
const ELSEWHERE: Partial<Record<KeyTransition, string>> = {
  bind: 'Attribuez la clé depuis la fiche de la clé ou du porteur.',
  hand_over: 'Ouvrez la remise de la clé : elle établit le bordereau.',
  activate: 'Poursuivez la remise de la clé : elle demande le code PIN et un premier code.',
  take_back: 'Ouvrez la restitution de la clé : elle établit le bordereau.',
  lock: 'Une clé se verrouille seule, après dix essais manqués. Pour l’arrêter, suspendez-la.',
}

/**
 * A transition that asks for nothing but words and a call-back. Out: the key's file afterwards. Errors: those of
 * `transition`.
 */
export async function changeKey(ctx: Context, serial: string, input: TransitionInput): Promise<KeyFile> {
  const identity = authoriseKeyAct(ctx.actor)
  const elsewhere = ELSEWHERE[input.transition]
  await write(ctx, identity, async (tx) => {
    const key = await findKey(tx, serial)
    if (elsewhere)
      throw new AppError('invalid_input', elsewhere, {
        errors: [{ pointer: '/transition', detail: elsewhere }],
      })
    await transition(tx, ctx, key, input.transition, {
      reason: input.reason,
      calledBackAt: input.calledBack ? ctx.clock.now() : undefined,
    })
  })
  return readKey(ctx, serial)
}
