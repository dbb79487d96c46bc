import { helpHolder } from '../../assistance/help-holder.ts'
import { proveCode } from '../../otp/prove.ts'
import type { PlannedHolder } from '../plan/holders.ts'
import { DEMONSTRATION_PIN } from './hand-keys-over.ts'
import type { KeyStage } from './stage-context.ts'

const LOCKING = 10

/** What the help desk finds this morning: a key locked, one slowed down, a PIN to choose again, a forgotten key. */
export async function callForHelp(stage: KeyStage): Promise<void> {
  const { act, as, cast, idOf, withFate } = stage
  for (const holder of withFate('locked')) await failAttempts(stage, holder, LOCKING, 3)
  for (const holder of withFate('slowed')) await failAttempts(stage, holder, LOCKING - 1, 0)
  for (const holder of withFate('pin_cleared'))
    await act(() =>
      helpHolder(as(cast.assistance, -2), idOf(holder), { action: 'reset_pin', calledBack: true }),
    )
  for (const holder of withFate('forgotten'))
    await act(() =>
      helpHolder(as(cast.assistance, -1), idOf(holder), {
        action: 'temporary_password',
        calledBack: true,
        hours: 12,
      }),
    )
}

/** Attempts that fail one hour after another, the last one some hours ago. */
async function failAttempts(stage: KeyStage, holder: PlannedHolder, failures: number, hoursAgo: number) {
  for (let left = failures - 1; left >= 0; left -= 1) {
    const at = stage.as(stage.cast.assistance, -left - hoursAgo)
    await proveCode(at, {
      holderId: stage.idOf(holder),
      pin: DEMONSTRATION_PIN,
      code: '000000',
      channel: 'sign_in',
    })
  }
}
