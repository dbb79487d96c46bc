import type { Perimeter } from '@vigie/db'
import type { Role, TokenScope } from '@vigie/db/schema'

/** A role held on one perimeter. */
export interface Grant {
  readonly role: Role
  readonly perimeter: Perimeter
}

/** What a signed-in person must still do: show a code of the key, or take a key up. */
export type PendingFactor = 'code' | 'enrolment'

/** Identifier under which the command line acts: an administrator of the server. */
export const COMMAND_LINE = 'vigie'

/** Who calls a verb. */
export type Actor =
  | {
      readonly kind: 'account'
      readonly id: string
      readonly login: string
      readonly displayName: string
      readonly grants: readonly Grant[]
      /** Sign-in before the current one; absent or null at the first. */
      readonly lastVisitAt?: Date | null
      /** While it stands, the account may do nothing else, save help itself with a key whose code is asked. */
      readonly pending?: PendingFactor | null
      /** Who the account is among the holders of keys, if anyone. */
      readonly holderId?: string | null
    }
  | {
      readonly kind: 'service'
      readonly id: string
      readonly name: string
      readonly scope: TokenScope
      readonly perimeter: Perimeter
    }
  /** An inventory agent's account: bound to one establishment. */
  | { readonly kind: 'collector'; readonly id: string; readonly uai: string; readonly login: string }
  /** The command line and the jobs: over every establishment. */
  | { readonly kind: 'system'; readonly id: string }
  | { readonly kind: 'anonymous' }
