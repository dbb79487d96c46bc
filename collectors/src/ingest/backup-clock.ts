const formatters = new Map<string, Intl.DateTimeFormat>()

const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}

/** In: the name of a time zone. Out: true when this machine knows it. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

const DAY_MS = 86_400_000

/** Milliseconds to add to UTC for the clock on the wall of that zone, at that instant. */
function offsetOf(instant: number, zone: string): number {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(instant / 1000) * 1000
}

/**
 * In: a date and a time without zone, as borg prints them, and the zone in which it ran. Out: the instant. An hour that
 * exists twice is taken for the first, so that no backup looks younger than it is; one that does not exist, for what
 * the clock showed after it.
 */
export function instantOfLocal(local: string, zone: string): Date {
  const wall = Date.parse(`${local}Z`)
  const before = wall - offsetOf(wall - DAY_MS, zone)
  const after = wall - offsetOf(wall + DAY_MS, zone)
  const real = [before, after].filter((instant) => instant + offsetOf(instant, zone) === wall)
  return new Date(real.length > 0 ? Math.min(...real) : before)
}
