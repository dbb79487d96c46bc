import type { EvidenceKey, EvidenceValue } from '@vigie/rules'
import { judgeRetention, receptionOf, retentionDaysOf, STORE_FRESH_DAYS, type Range } from './retention.ts'
import type { LogWeek } from './schema.ts'

const DAY_MS = 86_400_000
/** Beyond, a store that grows slowly is as good as one that does not grow. */
const FULL_AT_MOST_DAYS = 3_650

/** One day on which a machine told of its store. */
export interface StoreDay {
  readonly seenAt: Date
  readonly oldestAt: Date
  readonly inServiceSince: string | null
  readonly bytes: number
  readonly freeBytes: number | null
  readonly capacityBytes: number | null
  readonly archived: boolean | null
}

/** One expected source: its week, and what it told of its store over the last month, oldest first. */
export interface SourceReading {
  readonly lastMessageAt: Date | null
  readonly week: LogWeek
  readonly stores: readonly StoreDay[]
}

/** Attempts that Vigie itself verified and journalled over the week: one statement does both. */
export interface OwnAttempts {
  readonly journalled: number
}

export type LogFigures = readonly (readonly [EvidenceKey, EvidenceValue])[]

const sumOf = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)
const isFresh = (store: StoreDay, now: Date) =>
  now.getTime() - store.seenAt.getTime() <= STORE_FRESH_DAYS * DAY_MS

/** Days until the store is full at the pace of its last month; a store that turns over does not fill up. */
export function daysUntilFull(stores: readonly StoreDay[]): number | null {
  const last = stores.at(-1)
  const first = stores[0]
  if (!last || !first || last.freeBytes === null) return null
  const seen = (last.seenAt.getTime() - first.seenAt.getTime()) / DAY_MS
  const held = Math.max(1, retentionDaysOf(last))
  const perDay = seen >= 1 ? (last.bytes - first.bytes) / seen : last.bytes / held
  if (perDay <= 0) return FULL_AT_MOST_DAYS
  return Math.min(FULL_AT_MOST_DAYS, last.freeBytes / perDay)
}

/**
 * Attempts seen, over the attempts that there must have been: what the sequence says is missing, and the hours in which a
 * source said nothing, are taken to hold as many as the rest.
 */
function attemptsRatio(sources: readonly SourceReading[], own: OwnAttempts): number | null {
  let [seen, estimated] = [own.journalled, own.journalled]
  for (const { week } of sources) {
    const attempts = week.accepted + week.refused
    if (attempts === 0) continue
    const lost = (week.received + week.missing) / Math.max(1, week.received)
    const quiet = week.expectedHours / Math.max(1, week.heardHours)
    seen += attempts
    estimated += attempts * lost * quiet
  }
  return estimated === 0 ? null : Math.min(1, seen / estimated)
}

function storeFigures(sources: readonly SourceReading[], range: Range, now: Date): LogFigures {
  const newest = sources.map(({ stores }) => stores.at(-1) ?? null)
  const fresh = newest.filter((store) => store !== null && isFresh(store, now)) as StoreDay[]
  if (fresh.length === 0) return []
  const verdicts = newest.map((store) => judgeRetention(store, range, now))
  const short = verdicts.filter((verdict) => verdict === 'too_short').length
  const long = verdicts.filter((verdict) => verdict === 'too_long').length
  const whole = fresh.length === sources.length
  const free = fresh.flatMap(({ freeBytes, capacityBytes }) =>
    freeBytes === null || !capacityBytes ? [] : [freeBytes / capacityBytes],
  )
  const full = sources.flatMap(
    ({ stores }) => daysUntilFull(stores.filter((store) => isRecent(store, now))) ?? [],
  )
  const archived = fresh.map((store) => store.archived)
  return [
    // A fault is proven by one source; the absence of faults, by all of them.
    ...(whole || short + long > 0
      ? ([
          ['logs.sources_too_short', short],
          ['logs.sources_too_long', long],
        ] as const)
      : []),
    ['logs.retention', Math.floor(Math.min(...fresh.map(retentionDaysOf)))],
    ...(whole && free.length === fresh.length
      ? ([['logs.storage_free_ratio', Math.min(...free)]] as const)
      : []),
    ...(whole && full.length === sources.length
      ? ([['logs.days_until_full', Math.floor(Math.min(...full))]] as const)
      : []),
    ...(whole && !archived.includes(null)
      ? ([['logs.external_archive', archived.every((value) => value === true)]] as const)
      : []),
  ]
}

const isRecent = (store: StoreDay, now: Date) => now.getTime() - store.seenAt.getTime() <= 31 * DAY_MS

/**
 * What the journals of one establishment prove now. In: its expected sources, the attempts that Vigie journalled itself,
 * the legal range. Out: evidence keys and values; a key that nothing proves is absent.
 */
export function logFigures(
  sources: readonly SourceReading[],
  own: OwnAttempts,
  range: Range,
  now: Date,
): LogFigures {
  const received = sumOf(sources, ({ week }) => week.received)
  const attempts = attemptsRatio(sources, own)
  const mails = sumOf(sources, ({ week }) => week.mailSent)
  const allHeard =
    sources.length > 0 &&
    sources.every(({ lastMessageAt }) => receptionOf(lastMessageAt, null, now) === 'receiving')
  const ever = sources.some(({ lastMessageAt }) => lastMessageAt !== null)
  return [
    ...(sources.length === 0
      ? []
      : ([
          ['logs.sources', sources.length],
          ...(ever
            ? ([
                [
                  'logs.continuity_ratio',
                  sumOf(sources, ({ week }) => week.heardHours) /
                    sumOf(sources, ({ week }) => week.expectedHours),
                ],
              ] as const)
            : []),
        ] as const)),
    ...(received === 0
      ? []
      : ([['logs.structured_ratio', sumOf(sources, ({ week }) => week.structured) / received]] as const)),
    ...(allHeard ? ([['logs.transport_encrypted', true]] as const) : []),
    ...storeFigures(sources, range, now),
    ...(attempts === null ? [] : ([['auth.attempts_logged_ratio', attempts]] as const)),
    ...(mails === 0
      ? []
      : ([
          ['mail.sent', mails],
          ['mail.sent_authored', sumOf(sources, ({ week }) => week.mailAuthored)],
        ] as const)),
  ]
}
