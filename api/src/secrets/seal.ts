import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keyring } from './keyring.ts'

const NONCE = 12
const TAG = 16

export interface SealedSeed {
  readonly seedSealed: Uint8Array
  /** Names the master key that sealed it. */
  readonly sealKeyId: string
}

/**
 * Seals a seed with AES-256-GCM (NIST SP 800-38D), bound to its key: moved to another row, it no longer opens.
 * Out: nonce, ciphertext, tag. The nonce never comes from an injected source: a repeat would give the key away.
 */
export function sealSeed(keyring: Keyring, keyId: string, seed: Uint8Array): SealedSeed {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', keyring.current.seal, nonce)
  cipher.setAAD(Buffer.from(keyId, 'utf8'))
  const sealed = Buffer.concat([nonce, cipher.update(seed), cipher.final(), cipher.getAuthTag()])
  return { seedSealed: new Uint8Array(sealed), sealKeyId: keyring.current.id }
}

/** Errors: `Error` when the master key is missing, or when the row was tampered with. */
export function openSeed(keyring: Keyring, keyId: string, { seedSealed, sealKeyId }: SealedSeed): Uint8Array {
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyring.find(sealKeyId).seal,
    seedSealed.subarray(0, NONCE),
  )
  decipher.setAAD(Buffer.from(keyId, 'utf8'))
  decipher.setAuthTag(seedSealed.subarray(seedSealed.length - TAG))
  const opened = decipher.update(seedSealed.subarray(NONCE, seedSealed.length - TAG))
  decipher.final()
  return new Uint8Array(opened)
}
