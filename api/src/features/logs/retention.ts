import type { Reception, Retention } from './schema.ts'

/** Legal range of retention, in days. */
export interface Range {
  readonly shortestDays: number
  readonly longestDays: number
}

/** What stands where the académie decided nothing. */
export const DEFAULT_RANGE: Range = { shortestDays: 180, longestDays: 365 }

const DAY_MS = 86_400_000
/** Days during which what a machine said of its store holds. */
export const STORE_FRESH_DAYS = 8
/** Hours without a message after which a source is silent; the delivered configuration sends a mark every 20 minutes. */
export const SILENT_HOURS = 24

/** What a machine said of its store of journals. */
export interface StoreReading {
  readonly seenAt: Date
  readonly oldestAt: Date
  readonly inServiceSince: string | null
}

/** Age in days of the oldest entry, when the machine looked. */
export const retentionDaysOf = ({ seenAt, oldestAt }: StoreReading): number =>
  Math.max(0, (seenAt.getTime() - oldestAt.getTime()) / DAY_MS)

/**
 * Judges what a store holds against the range: too short and too long are both faults. A machine younger than the
 * shortest duration that holds everything since its first day is not at fault.
 */
export function judgeRetention(store: StoreReading | null, range: Range, now: Date): Retention {
  if (!store || now.getTime() - store.seenAt.getTime() > STORE_FRESH_DAYS * DAY_MS) return 'unknown'
  const days = retentionDaysOf(store)
  if (days > range.longestDays) return 'too_long'
  if (days >= range.shortestDays) return 'within'
  const since = store.inServiceSince
  const whole = since !== null && store.oldestAt.getTime() <= new Date(since).getTime() + 2 * DAY_MS
  const young =
    since !== null && store.seenAt.getTime() - new Date(since).getTime() < range.shortestDays * DAY_MS
  return whole && young ? 'since_service' : 'too_short'
}

/** In: when it last spoke, whether it was put aside. Out: how its reception stands. */
export function receptionOf(lastMessageAt: Date | null, disabledAt: Date | null, now: Date): Reception {
  if (disabledAt) return 'disabled'
  if (!lastMessageAt) return 'never'
  return now.getTime() - lastMessageAt.getTime() > SILENT_HOURS * 3_600_000 ? 'silent' : 'receiving'
}
