const NBSP = '\u00a0'
const ZONE = 'Europe/Paris'

/** A share as the API gives it: `numerator` may hold halves, `rate` goes from 0 to 1. */
export interface Share {
  readonly numerator: number
  readonly denominator: number
  readonly rate: number
}

/** In: a number. Out: at most one decimal, comma, thousands apart by a no-break space. */
export function formatNumber(value: number): string {
  const [whole = '0', decimals] = String(Math.round(value * 10) / 10).split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP)
  return decimals === undefined ? spaced : `${spaced},${decimals}`
}

/** In: a rate from 0 to 1. Out: « 72 % », rounded down so that a missed threshold never looks reached. */
export const formatRate = (rate: number): string => `${Math.floor(rate * 100 + 1e-9)}${NBSP}%`

/** In: a count and both forms of a noun. Out: « 1 école », « 12 écoles » (0 and 1 are singular in French). */
export const formatCount = (count: number, singular: string, plural: string): string =>
  `${formatNumber(count)}${NBSP}${Math.abs(count) < 2 ? singular : plural}`

/** In: a share (or none) and what it counts. Out: « 42 / 58 exigées (72 %) », « pas de donnée ». */
export function formatShare(share: Share | null, noun = ''): string {
  if (share === null) return 'pas de donnée'
  const { numerator, denominator, rate } = share
  const counted = `${formatNumber(numerator)}${NBSP}/${NBSP}${formatNumber(denominator)}`
  return `${counted}${noun ? ` ${noun}` : ''} (${formatRate(rate)})`
}

const DATE_TIME = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: ZONE })
const DATE = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: ZONE })

/** In: an instant, ISO 8601. Out: « 16 novembre 2026 à 10:00 », Paris time. */
export const formatDateTime = (instant: string): string => DATE_TIME.format(new Date(instant))

/** In: an instant, ISO 8601. Out: « 1er mars 2026 », Paris time. */
export const formatDate = (instant: string): string => DATE.format(new Date(instant)).replace(/^1 /, '1er ')

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function span(ms: number): string {
  if (ms < HOUR) return formatCount(Math.floor(ms / MINUTE), 'minute', 'minutes')
  if (ms < DAY) return formatCount(Math.floor(ms / HOUR), 'heure', 'heures')
  const days = Math.floor(ms / DAY)
  if (days < 60) return formatCount(days, 'jour', 'jours')
  const months = Math.floor(days / 30.44)
  return months < 24 ? `${months}${NBSP}mois` : formatCount(Math.floor(days / 365.25), 'an', 'ans')
}

/** In: an instant and « now », ISO 8601. Out: « il y a 3 jours », « dans 2 heures », « à l’instant ». */
export function formatRelative(instant: string, now: string): string {
  const elapsed = Date.parse(now) - Date.parse(instant)
  if (Math.abs(elapsed) < MINUTE) return 'à l’instant'
  return elapsed > 0 ? `il y a ${span(elapsed)}` : `dans ${span(-elapsed)}`
}

/** In: a past instant and « now », ISO 8601. Out: « 3 jours », « moins d’une minute ». */
export function formatElapsed(instant: string, now: string): string {
  const elapsed = Math.abs(Date.parse(now) - Date.parse(instant))
  return elapsed < MINUTE ? 'moins d’une minute' : span(elapsed)
}

/** In: an amount in euro cents. Out: « 4 085,00 € ». */
export function formatEuros(cents: number): string {
  const [whole = '0', decimals = '00'] = (cents / 100).toFixed(2).split('.')
  return `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP)},${decimals}${NBSP}€`
}
