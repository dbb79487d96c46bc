import type { KeyState } from '@vigie/db/schema'
import type { PendingFactor } from '../../access/actor.ts'

/** The key answers, or would if it were not held back: its code is asked. */
const IN_USE: readonly (KeyState | null)[] = ['active', 'paused', 'locked']
/** The key was used and must not serve again: only the responsible role lets its holder in. */
const WITHDRAWN: readonly (KeyState | null)[] = ['lost', 'stolen', 'broken', 'revoked']

/**
 * What a password alone leaves to do. In: the state of the account's key, null without one; whether its roles see
 * journals, supervision data or other people's keys. A withdrawn key never opens the way to a new one: whoever knows
 * the password could otherwise take the place of the key's holder.
 */
export function pendingFactor(keyState: KeyState | null, strong: boolean): PendingFactor | null {
  if (IN_USE.includes(keyState)) return 'code'
  if (!strong) return null
  return WITHDRAWN.includes(keyState) ? 'code' : 'enrolment'
}
