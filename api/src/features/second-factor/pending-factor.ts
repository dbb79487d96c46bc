import type { KeyState } from '@vigie/db/schema'
import type { PendingFactor } from '../../access/actor.ts'

/**
 * The key is in use, or was and must not serve again: its code is asked, whether or not it can be given. Whoever manages
 * the person's keys opens the way again, by another key or by taking this one back.
 */
const TAKEN_UP: readonly (KeyState | null)[] = [
  'active',
  'paused',
  'locked',
  'lost',
  'stolen',
  'broken',
  'revoked',
]

/**
 * What a password alone leaves to do. In: the state of the account's key, null without one; whether its roles see
 * journals, supervision data or other people's keys. A withdrawn key opens the way to nothing, not to a password alone
 * either: whoever knows the password could otherwise report the key and take its holder's place.
 */
export function pendingFactor(keyState: KeyState | null, strong: boolean): PendingFactor | null {
  if (TAKEN_UP.includes(keyState)) return 'code'
  return strong ? 'enrolment' : null
}
