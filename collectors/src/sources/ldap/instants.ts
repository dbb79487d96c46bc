const GENERALIZED = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:[.,]\d+)?(Z|[+-]\d{2}(?:\d{2})?)$/

/** In: a generalized time (RFC 4517, 3.3.13), a CSN included. Out: its instant, null when it is none. */
export function instantOf(text: string | undefined): Date | null {
  const parts = GENERALIZED.exec(text?.split('#')[0] ?? '')
  if (!parts) return null
  const [, year, month, day, hour, minute = '00', second = '00', zone = 'Z'] = parts
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(instant.getTime()) ? null : instant
}

/** In: an instant. Out: the same as filters compare it. */
export const generalizedTime = (instant: Date): string =>
  `${instant.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`

/** Milliseconds from 1601, where Active Directory counts from, to 1970. */
const EPOCH_1601_MS = 11_644_473_600_000n

/** What lies beyond the year 9999 is « never ». */
const LAST_MS = EPOCH_1601_MS + 253_402_300_799_999n

/** In: hundreds of nanoseconds since 1601. Out: the instant, null for « never » or what is no such number. */
export function instantOfFileTime(text: string | undefined): Date | null {
  if (text === undefined || !/^\d{1,19}$/.test(text)) return null
  const ms = BigInt(text) / 10_000n
  return ms === 0n || ms > LAST_MS ? null : new Date(Number(ms - EPOCH_1601_MS))
}

/** In: the negative span of Active Directory, hundreds of nanoseconds. Out: days, 0 for « never », null when it is no span. */
export function daysOfSpan(text: string | undefined): number | null {
  if (text === undefined || !/^-?\d{1,19}$/.test(text)) return null
  const span = -BigInt(text)
  if (span < 0n) return null
  return span === 9_223_372_036_854_775_808n ? 0 : Number(span / 10_000n) / 86_400_000
}
