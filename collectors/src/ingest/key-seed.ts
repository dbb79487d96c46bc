import { KeyFault } from './key-record.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Characters that a last group of base32 may hold (RFC 4648, section 6). */
const LAST_GROUPS = new Set([0, 2, 4, 5, 7])

/**
 * In: a seed in hexadecimal or base32 (RFC 4648, padding optional); spaces and dashes between groups do not count.
 * A text that is both is hexadecimal: a base32 seed of 128 bits made of A to F and 2 to 7 alone does not happen.
 * Errors: `KeyFault`, which never quotes the text.
 */
export function seedOf(text: string, field: string): Uint8Array {
  const bare = text.replaceAll(/[\s-]/g, '')
  if (bare === '') throw new KeyFault(field, 'graine absente : sans elle, aucun code ne peut être vérifié')
  if (/^(?:[0-9a-f]{2})+$/i.test(bare)) return new Uint8Array(Buffer.from(bare, 'hex'))
  const seed = fromBase32(bare.toUpperCase())
  if (seed) return seed
  throw new KeyFault(
    field,
    'graine illisible : attendu de l’hexadécimal (0-9, A-F) ou du base32 (A-Z, 2-7), en entier',
  )
}

function fromBase32(text: string): Uint8Array | null {
  const found = /^([A-Z2-7]+)(=*)$/.exec(text)
  const body = found?.[1] ?? ''
  const padding = found?.[2] ?? ''
  if (!LAST_GROUPS.has(body.length % 8) || body === '') return null
  if (padding !== '' && (body.length + padding.length) % 8 !== 0) return null
  if (padding.length > 6) return null
  const bytes = new Uint8Array(Math.floor((body.length * 5) / 8))
  let buffer = 0
  let bits = 0
  let at = 0
  for (const character of body) {
    buffer = ((buffer << 5) | BASE32.indexOf(character)) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at] = (buffer >> bits) & 0xff
      at += 1
    }
  }
  const left = buffer & ((1 << bits) - 1)
  return left === 0 ? bytes : null
}
