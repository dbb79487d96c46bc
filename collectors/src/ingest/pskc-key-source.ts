import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { FileRefusal } from './csv-refusal.ts'
import type { KeyFileSecrets } from './key-file.ts'
import { fromBase64, hmacHash } from './pskc-cipher.ts'
import { attributeOf, childOf, textAt, type XmlElement } from './pskc-tree.ts'

/** Gives the key that opens the values of a file. In: the number of bytes that the algorithm takes. */
export type KeySource = (keyBytes: number) => Promise<Uint8Array>

/** Beyond it, deriving the key would only keep the server busy. */
const ITERATIONS_LIMIT = 10_000_000
const SALT_LIMIT = 1_024
const KEY_LENGTHS = [16, 24, 32]

const derive = promisify(pbkdf2)

/**
 * In: the EncryptionKey of a container, what the administrator gave. Out: the key that opens its values: pre-shared, or
 * derived from a password (PBKDF2, RFC 8018; defaults of XML Encryption 1.1). Errors: `FileRefusal`, on first use too.
 */
export function keySourceOf(encryptionKey: XmlElement | undefined, secrets: KeyFileSecrets): KeySource {
  const derived = childOf(encryptionKey, 'DerivedKey')
  if (derived) return passwordSource(derived, secrets.password)
  const line = encryptionKey?.line ?? null
  if (childOf(encryptionKey, 'X509Data') || childOf(encryptionKey, 'EncryptedKey'))
    throw new FileRefusal(
      'le fichier est chiffré pour un certificat, ce qui n’est pas pris en charge. Demandez une clé prépartagée ou un mot de passe.',
      line,
    )
  return async (keyBytes) => {
    const key = secrets.preSharedKey
    if (!key)
      throw new FileRefusal(
        'le fichier est chiffré par une clé prépartagée : donnez-la en hexadécimal.',
        line,
      )
    if (key.length === keyBytes) return key
    throw new FileRefusal(
      `la clé prépartagée fait ${key.length} octets, ce fichier en demande ${keyBytes}. Vérifiez-la.`,
      line,
    )
  }
}

function passwordSource(derivedKey: XmlElement, password: string | undefined): KeySource {
  const method = childOf(derivedKey, 'KeyDerivationMethod')
  const parameters = childOf(method, 'PBKDF2-params')
  const line = method?.line ?? derivedKey.line
  if (!/#pbkdf2$/i.test(attributeOf(method, 'Algorithm')) || !parameters)
    throw new FileRefusal(
      'la dérivation du mot de passe n’est pas PBKDF2 : elle n’est pas prise en charge.',
      line,
    )
  const { salt, iterations, keyLength, hash } = parametersOf(parameters)
  const known = new Map<number, Promise<Uint8Array>>()
  return async (keyBytes) => {
    if (password === undefined || password === '')
      throw new FileRefusal('le fichier est chiffré par un mot de passe : donnez-le.', line)
    if (keyLength !== null && keyLength !== keyBytes)
      throw new FileRefusal(
        `KeyLength annonce ${keyLength} octets, l’algorithme en demande ${keyBytes}. Le fichier est incohérent.`,
        parameters.line,
      )
    const key = known.get(keyBytes) ?? derive(password, salt, iterations, keyBytes, hash)
    known.set(keyBytes, key)
    return key
  }
}

function parametersOf(parameters: XmlElement) {
  const refuse = (name: string, reason: string): never => {
    throw new FileRefusal(`${name} : ${reason}`, childOf(parameters, name)?.line ?? parameters.line)
  }
  const salt = fromBase64(textAt(parameters, 'Salt', 'Specified'))
  if (!salt || salt.length === 0 || salt.length > SALT_LIMIT)
    return refuse('Salt', 'le sel est absent ou illisible. Redemandez le fichier au fournisseur.')
  const iterations = Number(textAt(parameters, 'IterationCount'))
  if (!Number.isInteger(iterations) || iterations < 1)
    return refuse('IterationCount', 'le nombre d’itérations est absent ou illisible.')
  if (iterations > ITERATIONS_LIMIT)
    return refuse(
      'IterationCount',
      `${iterations.toLocaleString('fr-FR')} itérations immobiliseraient le serveur : au plus ${ITERATIONS_LIMIT.toLocaleString('fr-FR')}.`,
    )
  const length = textAt(parameters, 'KeyLength')
  const keyLength = length === '' ? null : Number(length)
  if (keyLength !== null && !KEY_LENGTHS.includes(keyLength))
    return refuse('KeyLength', 'longueur de clé non prise en charge : attendu 16, 24 ou 32 octets.')
  return { salt, iterations, keyLength, hash: prfOf(parameters) }
}

/** RFC 6030 names the PRF by an attribute; common software writes it as the element's text. SHA-1 when not said. */
function prfOf(parameters: XmlElement): string {
  const prf = childOf(parameters, 'PRF')
  const uri = attributeOf(prf, 'Algorithm') || textAt(prf)
  const hash = uri === '' ? 'sha1' : hmacHash(uri)
  if (hash) return hash
  throw new FileRefusal('PRF : fonction non prise en charge, attendu HMAC-SHA-1 ou SHA-2.', prf?.line ?? null)
}
