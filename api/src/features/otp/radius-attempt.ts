import type { RadiusInput } from './schema.ts'
import type { RelayedAttempt } from './verify-for-relay.ts'

/** PIN then code, with nothing between: four digits, then six to eight. */
const PIN_AND_CODE = /^(\d{4})(\d{6,8})$/

const first = (attribute: { value: (string | number)[] } | undefined): string | null =>
  attribute === undefined ? null : String(attribute.value[0] ?? '')

/** In: an Access-Request's attributes. Out: the attempt; a password of another shape is an attempt that fails. */
export function radiusAttempt(attributes: RadiusInput): RelayedAttempt {
  const password = first(attributes['User-Password']) ?? ''
  const [, pin = '', code = ''] = PIN_AND_CODE.exec(password) ?? []
  return {
    login: first(attributes['User-Name']) ?? '',
    pin,
    code,
    address: first(attributes['Calling-Station-Id'])?.slice(0, 64) || null,
    channel: 'radius',
  }
}
