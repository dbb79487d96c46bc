const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Life of a session, whatever its activity. */
export const ABSOLUTE_MS = 12 * 60 * MINUTE
/** Life of a session without a request. */
export const IDLE_MS = 60 * MINUTE
/** Age at which the cookie's value is changed. */
export const ROTATION_MS = 15 * MINUTE
/** During which a changed value still answers, to the requests under way. */
export const GRACE_MS = 30 * SECOND
/** Activity is written at most this often. */
export const TOUCH_MS = MINUTE
