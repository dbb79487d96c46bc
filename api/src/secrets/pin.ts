import { createHmac } from 'node:crypto'
import type { DerivedKeys, Keyring } from './keyring.ts'

export const PIN_PATTERN = /^\d{4}$/

/** PINs that are guessed first: one digit repeated, and the two runs of ten. */
export const isGuessable = (pin: string): boolean =>
  /^(\d)\1{3}$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin)

const mac = (keys: DerivedKeys, use: string, holderId: string, value: string): Uint8Array =>
  new Uint8Array(createHmac('sha256', keys.pepper).update(`${use}\n${holderId}\n${value}`, 'utf8').digest())

/**
 * HMAC-SHA256 of a PIN under the pepper, bound to its holder. A slow hash would protect nothing: ten thousand values
 * are tried in seconds; the pepper, outside the database, is what protects.
 */
export function macPin(
  keyring: Keyring,
  holderId: string,
  pin: string,
): { pinMac: Uint8Array; pepperId: string } {
  return { pinMac: mac(keyring.current, 'pin', holderId, pin), pepperId: keyring.current.id }
}

/** The same under the pepper of that id. Errors: `Error` when it is not configured. */
export const macPinWith = (keyring: Keyring, pepperId: string, holderId: string, pin: string): Uint8Array =>
  mac(keyring.find(pepperId), 'pin', holderId, pin)

/** The same for a limited-time password. */
export const macTemporary = (keyring: Keyring, holderId: string, password: string): Uint8Array =>
  mac(keyring.current, 'temporary', holderId, password)
