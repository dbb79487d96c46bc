const NBSP = '\u00a0'
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const counted = (value: number, unit: string): string => `${value}${NBSP}${unit}`

/** In: seconds. Out: « 45 s », « 12 min », « 3 h 05 », « 2 j 4 h », rounded down. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < MINUTE) return counted(whole, 's')
  if (whole < HOUR) return counted(Math.floor(whole / MINUTE), 'min')
  if (whole < DAY) {
    const minutes = Math.floor((whole % HOUR) / MINUTE)
    const hours = counted(Math.floor(whole / HOUR), 'h')
    return minutes === 0 ? hours : `${hours}${NBSP}${String(minutes).padStart(2, '0')}`
  }
  const hours = Math.floor((whole % DAY) / HOUR)
  const days = counted(Math.floor(whole / DAY), 'j')
  return hours === 0 || whole >= 10 * DAY ? days : `${days}${NBSP}${counted(hours, 'h')}`
}
