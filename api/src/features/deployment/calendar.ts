const DAY_MS = 86_400_000

/** In: an instant, an IANA time zone. Out: the civil day there, `YYYY-MM-DD`. */
export function dayIn(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** In: a civil day, a number of days. Out: the day that many days later. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** Sunday is 0. */
const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

const FRIDAY = 5

/** In: a civil day. Out: that day if it is a Friday, otherwise the Friday before. */
export const lastFriday = (day: string): string => addDays(day, -((weekday(day) - FRIDAY + 7) % 7))

/** Milliseconds that a time zone is ahead of UTC at an instant. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(new Date(at))
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return local - Math.floor(at / 60_000) * 60_000
}

/** In: a civil day, an hour, an IANA time zone. Out: the instant at which clocks there show that hour. */
export function instantAt(day: string, hour: number, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000
  return new Date(wall - offsetAt(wall - offsetAt(wall, timeZone), timeZone))
}

const LONG_DAY = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** In: a civil day. Out: « 20 novembre 2026 », « 1er décembre 2026 ». */
export const dayInWords = (day: string): string =>
  LONG_DAY.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, '1er ')
