import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import type { Config } from '../context.ts'

/** Raw length of an Ed25519 public key and of a signature (RFC 8032). */
export const PUBLIC_KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** DER of a PKCS#8 Ed25519 private key before its seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Signs the records that Vigie makes itself. */
export interface RecordSigner {
  /** Names the key: `vigie:` and the beginning of the hash of its public part. */
  readonly id: string
  /** Raw public key, base64url. */
  readonly publicKey: string
  /** Out: the signature of the text's UTF-8 bytes, base64url. */
  sign(text: string): string
}

const rawOf = (key: KeyObject): string => {
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
  if (x === undefined) throw new Error('not an Ed25519 key')
  return x
}

/** In: whose key it is, and its raw public part. Out: its identifier. */
export const signingKeyId = (owner: string, publicKey: string): string =>
  `${owner}:${createHash('sha256').update(`${owner}\n${publicKey}`, 'utf8').digest('hex').slice(0, 20)}`

function signerFrom(masterKey: Uint8Array): RecordSigner {
  const seed = new Uint8Array(hkdfSync('sha256', masterKey, '', 'vigie record signature 1', 32))
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = rawOf(key)
  return {
    id: signingKeyId('vigie', publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
  }
}

const signers = new WeakMap<Config, RecordSigner>()

/** Signer of this configuration, derived once from the master key (RFC 5869). */
export function recordSigner(config: Config): RecordSigner {
  const known = signers.get(config)
  if (known) return known
  const made = signerFrom(config.masterKey)
  signers.set(config, made)
  return made
}

/** Identifiers of Vigie's own keys: the current master key's, and those of the master keys it replaced. */
export const ownKeyIds = (config: Config): ReadonlySet<string> =>
  new Set([recordSigner(config).id, ...config.formerMasterKeys.map((key) => signerFrom(key).id)])

/** In: a raw public key in base64url, a text and its signature. Out: whether the signature is that key's. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    const bytes = Buffer.from(signature, 'base64url')
    return bytes.length === SIGNATURE_BYTES && verify(null, Buffer.from(text, 'utf8'), key, bytes)
  } catch {
    return false
  }
}

/**
 * In: an Ed25519 public key, as PEM (SPKI) or as 32 raw bytes in base64 or base64url. Out: the raw key in base64url, or
 * null when it is none, or one of those with which anyone could sign.
 */
export function readPublicKey(text: string): string | null {
  const trimmed = text.trim()
  const raw = trimmed.startsWith('-----BEGIN') ? rawOfPem(trimmed) : rawOfBase64(trimmed)
  return raw === null || isWeak(raw) ? null : raw
}

function rawOfPem(pem: string): string | null {
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) return null
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? rawOf(key) : null
  } catch {
    return null
  }
}

function rawOfBase64(text: string): string | null {
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === PUBLIC_KEY_BYTES ? bytes.toString('base64url') : null
}

/** Points of small order (RFC 8032 §5.1.7; Bernstein et al.): their signatures prove nothing. */
const SMALL_ORDER = new Set([
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

function isWeak(raw: string): boolean {
  const bytes = Buffer.from(raw, 'base64url')
  bytes[PUBLIC_KEY_BYTES - 1] = (bytes[PUBLIC_KEY_BYTES - 1] ?? 0) & 0x7f
  return SMALL_ORDER.has(bytes.toString('hex'))
}
