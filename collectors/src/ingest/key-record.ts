/** An OTP key as a manufacturer's file describes it. */
export interface KeyRecord {
  readonly serial: string
  readonly manufacturer: string | null
  readonly model: string | null
  /** `YYYY-MM-DD`. */
  readonly manufacturedOn: string | null
  /** End of life that the file itself states, `YYYY-MM-DD`. */
  readonly endsOn: string | null
  readonly type: 'hotp' | 'totp'
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512'
  readonly digits: number
  /** Seconds of a TOTP step; null for HOTP. */
  readonly period: number | null
  /** Next HOTP counter; 0 for TOTP. */
  readonly counter: number
  /** Steps by which a TOTP token is ahead of the server's clock. */
  readonly drift: number
  readonly seed: Uint8Array
  /** Euro cents, taxes included; null when the file gives no price. */
  readonly unitPriceCents: number | null
}

/** One line of a file that is not accepted; `reason` is French, holds nothing secret and says the remedy. */
export interface RefusedKey {
  readonly line: number
  readonly field: string
  readonly reason: string
}

/** What is wrong with one key, the others being readable. */
export class KeyFault extends Error {
  readonly field: string
  readonly reason: string

  constructor(field: string, reason: string) {
    super(`${field} : ${reason}`)
    this.field = field
    this.reason = reason
  }
}

export const KEYS_LIMIT = 100_000
export const KEY_FILE_LIMIT = 32 * 1024 * 1024

/** RFC 4226, requirement R6: at least 128 bits. */
const SEED_MIN = 16
const SEED_MAX = 128
const DRIFT_MAX = 1_000
const PERIOD_MAX = 3_600
const SERIAL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const ALGORITHM = /^(?:hmac-?)?sha-?(1|256|512)$/i
const MAX_TEXT = 120

export const shown = (text: string): string => `« ${text.slice(0, 40)} »`

/** Errors: `KeyFault`, as every check below. */
export function checkedSerial(text: string, field: string): string {
  const serial = text.trim()
  if (serial === '')
    throw new KeyFault(field, 'numéro de série absent : sans lui, la clé ne peut être suivie')
  if (!SERIAL.test(serial))
    throw new KeyFault(
      field,
      `${shown(serial)} n’est pas un numéro de série : attendu au plus 64 lettres, chiffres, points ou tirets`,
    )
  return serial
}

export function checkedSeed(seed: Uint8Array, field: string): Uint8Array {
  if (seed.length < SEED_MIN)
    throw new KeyFault(
      field,
      `graine trop courte : ${seed.length} octets, il en faut au moins ${SEED_MIN} (128 bits, RFC 4226). Refusez cette clé au fournisseur`,
    )
  if (seed.length > SEED_MAX)
    throw new KeyFault(
      field,
      `graine trop longue : ${seed.length} octets, attendu au plus ${SEED_MAX}. Vérifiez le fichier`,
    )
  return seed
}

/** In: the name of a hash, as `HMAC-SHA256` or `sha1`; SHA-1 when empty (RFC 6238). */
export function checkedAlgorithm(text: string, field: string): KeyRecord['algorithm'] {
  if (text.trim() === '') return 'SHA1'
  const found = ALGORITHM.exec(text.trim())
  if (!found)
    throw new KeyFault(
      field,
      `algorithme ${shown(text)} non pris en charge : attendu SHA-1, SHA-256 ou SHA-512`,
    )
  return `SHA${found[1]}` as KeyRecord['algorithm']
}

interface Bounds {
  readonly field: string
  /** French, for the refusal: « nombre de chiffres ». */
  readonly name: string
  readonly min: number
  readonly max: number
  /** Stands in for an empty text; none makes the value required. */
  readonly fallback?: number
}

function wholeNumber(text: string, { field, name, min, max, fallback }: Bounds): number {
  if (text.trim() === '' && fallback !== undefined) return fallback
  const value = /^[+-]?\d{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value) || value < min || value > max)
    throw new KeyFault(
      field,
      `${name} ${shown(text)} hors bornes : attendu un nombre entier de ${min} à ${max}`,
    )
  return value
}

export const checkedDigits = (text: string, field: string, fallback?: number): number =>
  wholeNumber(text, {
    ...{ field, name: 'nombre de chiffres', min: 6, max: 8 },
    ...(fallback === undefined ? {} : { fallback }),
  })

export const checkedPeriod = (text: string, field: string): number =>
  wholeNumber(text, { field, name: 'période en secondes', min: 1, max: PERIOD_MAX, fallback: 30 })

export const checkedCounter = (text: string, field: string): number =>
  wholeNumber(text, { field, name: 'compteur', min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 })

export const checkedDrift = (text: string, field: string): number =>
  wholeNumber(text, { field, name: 'dérive', min: -DRIFT_MAX, max: DRIFT_MAX, fallback: 0 })

/** A label to show: one line, at most 120 characters; null when empty. */
export function checkedLabel(text: string): string | null {
  const clean = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return clean === '' ? null : clean.slice(0, MAX_TEXT)
}

/** A calendar day, `YYYY-MM-DD…` or `JJ/MM/AAAA`; null when empty. Out: `YYYY-MM-DD`. */
export function checkedDay(text: string, field: string): string | null {
  if (text.trim() === '') return null
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(text.trim())
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text.trim())
  const day = iso ? `${iso[1]}-${iso[2]}-${iso[3]}` : french ? `${french[3]}-${french[2]}-${french[1]}` : ''
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day) || day < '1990-01-01')
    throw new KeyFault(field, `${shown(text)} n’est pas une date : attendu AAAA-MM-JJ ou JJ/MM/AAAA`)
  return day
}
