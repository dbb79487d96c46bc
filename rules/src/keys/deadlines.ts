import type { ProcedureKind } from './procedures.ts'

/** An absence has a stand-in with a key from this many days on: more than a week (Martinique 2010, case 1). */
export const ABSENCE_DAYS = 8

const RESTITUTION = '07-07'
const SESSION = '08-20'
const REMINDED_BEFORE_DAYS = 14
const DAY_MS = 86_400_000

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** In: an instant and a time zone. Out: the day there, `YYYY-MM-DD`. */
export const localDay = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** In: a day. Out: the year in which its school year ends; a school year begins on 1 September. */
export const schoolYearEnd = (day: string): number =>
  Number(day.slice(0, 4)) + (Number(day.slice(5, 7)) >= 9 ? 1 : 0)

/**
 * In: a case and the day on which it is opened. Out: the day by which it must be over, or null. Departure: end of the
 * first week of July of the school year (Martinique 2010, case 4). First appointment: the session of about 20 August
 * of the civil year (case 5); past it, as soon as possible.
 */
export function dueOnOf(kind: ProcedureKind, openedOn: string): string | null {
  if (kind === 'departure') return `${schoolYearEnd(openedOn)}-${RESTITUTION}`
  if (kind !== 'first_appointment') return null
  const session = `${openedOn.slice(0, 4)}-${SESSION}`
  return openedOn <= session ? session : null
}

/** Which reminder a departure calls for on that day: one before its deadline, one after; null until then. */
export function reminderOn(dueOn: string, today: string): 'before' | 'after' | null {
  if (today > dueOn) return 'after'
  return today >= dayAfter(dueOn, -REMINDED_BEFORE_DAYS) ? 'before' : null
}

/** In: two days. Out: whole days from the first to the second. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
