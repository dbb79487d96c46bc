/** Where an attempt comes from. */
export type Channel = 'http' | 'radius' | 'sign_in' | 'activation' | 'self_service' | 'assistance'

/** Why it ended as it did: for the journal and a metric's label, never for the caller. */
export type Reason =
  | 'accepted'
  | 'bad_code'
  | 'bad_pin'
  | 'no_pin'
  | 'replay'
  | 'paused'
  | 'locked'
  | 'inactive'
  | 'unknown'
  | 'source_blocked'

export interface Outcome {
  readonly accepted: boolean
  readonly reason: Reason
}

/** Failures that pause the key, then the failure that locks it until the help desk frees it. */
export const PAUSE_AFTER = 5
export const LOCK_AFTER = 10
/** Seconds of pause after the fifth failure and each of the next. */
export const PAUSES = [30, 60, 120, 300, 600] as const
/** Seconds after which the last attempt cannot be under way any more: the path gives its statements up long before. */
export const LAST_ATTEMPT_SECONDS = 30

/** Minutes over which the failures of a source are counted, and during which it is no longer heard. */
export const SOURCE_WINDOW_MINUTES = 10
export const SOURCE_BLOCK_MINUTES = 10
/**
 * The slower limit, for who stays just under the other: as many times its failures, forgotten one by one over as many
 * hours. One address then fails 120 times at once and 12 times an hour afterwards, and locks 41 keys a day at most.
 */
export const SUSTAINED_TIMES = 4
export const SUSTAINED_HOURS = 10
/** One person's address; a relay that does not tell its callers apart. */
export const SOURCE_FAILURES = { person: 30, relay: 600 } as const
