const PARIS = 'Europe/Paris'

/** In: an instant and a zone. Out: by how many ms its clocks are ahead of UTC then. */
function aheadBy(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return local - Math.floor(at / 1000) * 1000
}

/** In: a day as a date field gives it. Out: its last second there, ISO 8601; null when it is no day. */
export function endOfDay(day: string, timeZone: string = PARIS): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const wanted = Date.parse(`${day}T23:59:59Z`)
  if (Number.isNaN(wanted)) return null
  const guess = wanted - aheadBy(wanted, timeZone)
  return new Date(wanted - aheadBy(guess, timeZone)).toISOString()
}

/** In: an instant. Out: its civil day there, as a date field takes it. */
export const dayOf = (instant: string, timeZone: string = PARIS): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )

/** In: an instant and months. Out: the day that many months later, at most the month's last. */
export function dayAfterMonths(instant: string, months: number): string {
  const [year = 0, month = 1, day = 1] = dayOf(instant).split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}
