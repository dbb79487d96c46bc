/** In: digits as sent. Out: the integer when it is one that 32 bits hold, zero or more; otherwise null. */
export function integerOf(sent: string | undefined): number | null {
  const digits = /^(\d{1,12})(?:\.\d+)?$/.exec(sent ?? '')?.[1]
  if (!digits) return null
  const value = Number(digits)
  return value <= 2_147_483_647 ? value : null
}

/** In: a flag as agents write it. Out: what it says, or null when it says nothing known. */
export function flagOf(sent: string | undefined): boolean | null {
  if (sent === undefined) return null
  if (/^(1|on|yes|true|oui|enabled|active)$/i.test(sent)) return true
  if (/^(0|off|no|false|non|disabled|inactive)$/i.test(sent)) return false
  return null
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})/
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/
const EARLIEST_YEAR = 1990

/**
 * In: a day, ISO or slashed (firmware puts the month first, software the day). Out: the ISO day, or null
 * when it does not exist or is older than any machine still in service.
 */
export function isoDayOf(sent: string | undefined, slashed: 'day_first' | 'month_first'): string | null {
  const iso = ISO.exec(sent ?? '')
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const parts = SLASHED.exec(sent ?? '')
  if (!parts) return null
  const [first, second, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return slashed === 'day_first' ? existing(year, second, first) : existing(year, first, second)
}

function existing(year: number, month: number, day: number): string | null {
  if (year < EARLIEST_YEAR) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : null
}

/** In: `YYYY-MM-DD hh:mm:ss` in the machine's time and its UTC offset (`+0100`). Out: ISO instant, or null. */
export function instantOf(sent: string | undefined, offset: string | undefined): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/.exec(sent ?? '')
  if (!parts || !isoDayOf(parts[1], 'day_first')) return null
  const zone = /^([+-]\d{2}):?(\d{2})$/.exec(offset ?? '')
  const at = new Date(`${parts[1]}T${parts[2]}${zone ? `${zone[1]}:${zone[2]}` : 'Z'}`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
