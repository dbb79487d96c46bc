const NBSP = '\u00a0'

const OPENING_QUOTE = '«'.charCodeAt(0)

function wantsNbspBefore(code: number): boolean {
  switch (code) {
    case 0x21: // !
    case 0x25: // %
    case 0x3a: // :
    case 0x3b: // ;
    case 0x3f: // ?
    case 0xbb: // »
      return true
    default:
      return false
  }
}

/**
 * In: a French sentence with plain spaces. Out: the same with no-break spaces where French asks for them.
 * One pass without regular expressions: this runs for every verdict.
 */
export function typeset(text: string): string {
  let result = ''
  let from = 0
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) {
    if (wantsNbspBefore(text.charCodeAt(at + 1)) || text.charCodeAt(at - 1) === OPENING_QUOTE) {
      result += text.slice(from, at) + NBSP
      from = at + 1
    }
  }
  return from === 0 ? text : result + text.slice(from)
}

/** In: a count and the two forms of a noun. Out: « 1 poste », « 12 postes » (0 and 1 are singular in French). */
export const counted = (count: number, singular: string, plural: string): string =>
  `${decimal(count)} ${Math.abs(count) < 2 ? singular : plural}`

/** In: a count. Out: the form that agrees with it. */
export const agree = (count: number, singular: string, plural: string): string =>
  Math.abs(count) < 2 ? singular : plural

/** In: a number. Out: at most one decimal, comma, thousands apart. */
export function decimal(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 10_000) return String(value)
  const rounded = Math.round(value * 10) / 10
  const text = String(rounded).replace('.', ',')
  return Math.abs(rounded) < 10_000 ? text : text.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP)
}

/** In: a ratio between 0 and 1. Out: « 72 % », rounded down so that a missed threshold never looks reached. */
export const percent = (ratio: number): string => `${Math.floor(ratio * 100 + 1e-9)}${NBSP}%`

/** In: a part and a whole above zero, and a noun. Out: « 48 postes sur 50 (96 %) ». */
export const outOf = (part: number, whole: number, singular: string, plural: string): string =>
  `${counted(part, singular, plural)} sur ${decimal(whole)} (${percent(part / whole)})`

/** In: at least one item. Out: « a », « a et b », « a, b et c ». */
export function enumerate(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} et ${last}`
}

/** In: hours. Out: « 5 heures » below three days, days above. */
export function duration(hours: number): string {
  if (hours < 1) return 'moins d’une heure'
  return hours < 72 ? counted(hours, 'heure', 'heures') : days(hours / 24)
}

/** In: days. Out: « 12 jours », « moins d’un jour » below one. */
export const days = (count: number): string =>
  count < 1 ? 'moins d’un jour' : counted(count, 'jour', 'jours')

/** No zone changes its offset, hence its date, inside a quarter of an hour. */
const QUARTER = 900_000
const REMEMBERED = 4_096

interface Calendar {
  readonly format: Intl.DateTimeFormat
  readonly dates: Map<number, string>
}
const calendars = new Map<string, Calendar>()

function calendarOf(timeZone: string): Calendar {
  const known = calendars.get(timeZone)
  if (known) return known
  const calendar = {
    format: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone }),
    dates: new Map<number, string>(),
  }
  calendars.set(timeZone, calendar)
  return calendar
}

/** In: an instant (epoch ms) and an IANA zone. Out: the civil date there, « 1er mars 2026 ». */
export function frenchDate(at: number, timeZone: string): string {
  const { format, dates } = calendarOf(timeZone)
  const quarter = Math.floor(at / QUARTER)
  const known = dates.get(quarter)
  if (known !== undefined) return known
  const date = format.format(at).replace(/^1 /, '1er ')
  if (dates.size >= REMEMBERED) dates.clear()
  dates.set(quarter, date)
  return date
}
