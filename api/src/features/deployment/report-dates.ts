import { addDays, dayIn, instantAt, lastFriday } from './calendar.ts'

/** Hour of the académie's clocks at which the report of a Friday is counted. */
const REPORT_HOUR = 7

/** In: a Friday. Out: the instant from which its report is due. */
export const reportInstant = (friday: string, timeZone: string): Date =>
  instantAt(friday, REPORT_HOUR, timeZone)

/** In: now. Out: the last Friday whose report should exist. */
export function reportedFriday(now: Date, timeZone: string): string {
  const friday = lastFriday(dayIn(now, timeZone))
  return now >= reportInstant(friday, timeZone) ? friday : addDays(friday, -7)
}

/** In: now. Out: the Friday of the next report, and when it will be counted. */
export function nextReportOf(now: Date, timeZone: string): { friday: string; at: string } {
  const friday = addDays(reportedFriday(now, timeZone), 7)
  return { friday, at: reportInstant(friday, timeZone).toISOString() }
}
