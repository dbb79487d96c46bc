import { createHmac, timingSafeEqual } from 'node:crypto'
import { FileRefusal } from './csv-refusal.ts'
import type { KeyFileSecrets } from './key-file.ts'
import { KeyFault } from './key-record.ts'
import { cipherNamed, decrypt, fromBase64, hmacHash, type CipherMethod } from './pskc-cipher.ts'
import { keySourceOf, type KeySource } from './pskc-key-source.ts'
import { attributeOf, childOf, textAt, type XmlElement } from './pskc-tree.ts'

/** Opens the encrypted values of one container. */
export interface ValueOpener {
  /** In: an element that holds EncryptedValue (and ValueMAC). Out: its bytes. Errors: `KeyFault`, `FileRefusal`. */
  open(holder: XmlElement): Promise<Uint8Array>
}

const MAC_KEY_MIN = 16

interface Mac {
  readonly hash: string
  keyFor(keyBytes: number): Promise<Uint8Array>
}

/**
 * In: EncryptionKey and MACMethod of a container, what the administrator gave. A value under CBC is opened only after
 * its MAC was found right (RFC 6030, section 6.1); without MACKey the encryption key computes it, as earlier versions
 * of the format had it. Errors: `FileRefusal`.
 */
export function valueOpener(
  encryptionKey: XmlElement | undefined,
  macMethod: XmlElement | undefined,
  secrets: KeyFileSecrets,
): ValueOpener {
  const source = keySourceOf(encryptionKey, secrets)
  const mac = macMethod && macOf(macMethod, source)
  return {
    open: async (holder) => {
      const { method, data } = cipheredIn(childOf(holder, 'EncryptedValue'))
      const key = await source(method.keyBytes)
      const expected = childOf(holder, 'ValueMAC')
      if (mac && expected) {
        const computed = createHmac(mac.hash, await mac.keyFor(method.keyBytes))
          .update(data)
          .digest()
        if (!isSame(computed, fromBase64(expected.text)))
          throw new KeyFault(
            'ValueMAC',
            'sceau (MAC) faux : la valeur a été altérée, ou la clé de déchiffrement n’est pas la bonne',
          )
      } else if (!method.provesWhole)
        throw new KeyFault(
          'ValueMAC',
          'valeur chiffrée sans sceau (MAC) : rien ne prouve qu’elle est intacte. Redemandez le fichier',
        )
      const plain = decrypt(method, key, data)
      if (!plain) throw new KeyFault('EncryptedValue', 'valeur indéchiffrable avec la clé donnée')
      return plain
    },
  }
}

const isSame = (computed: Uint8Array, given: Uint8Array | null): boolean =>
  given !== null && given.length === computed.length && timingSafeEqual(computed, given)

function cipheredIn(encrypted: XmlElement | undefined): { method: CipherMethod; data: Uint8Array } {
  const method = cipherNamed(attributeOf(childOf(encrypted, 'EncryptionMethod'), 'Algorithm'))
  if (!method)
    throw new KeyFault(
      'EncryptionMethod',
      'algorithme de chiffrement non pris en charge : attendu AES (CBC ou enveloppe de clé)',
    )
  const data = fromBase64(textAt(encrypted, 'CipherData', 'CipherValue'))
  if (!data || data.length === 0) throw new KeyFault('CipherValue', 'valeur chiffrée absente ou illisible')
  return { method, data }
}

function macOf(macMethod: XmlElement, source: KeySource): Mac {
  const { line } = macMethod
  const hash = hmacHash(attributeOf(macMethod, 'Algorithm'))
  if (!hash)
    throw new FileRefusal('MACMethod : sceau non pris en charge, attendu HMAC-SHA-1 ou HMAC-SHA-2.', line)
  if (childOf(macMethod, 'MACKeyReference'))
    throw new FileRefusal(
      'MACKeyReference : une clé de sceau hors du fichier n’est pas prise en charge.',
      line,
    )
  const macKey = childOf(macMethod, 'MACKey')
  if (!macKey) return { hash, keyFor: source }
  let opened: Promise<Uint8Array> | undefined
  return { hash, keyFor: () => (opened ??= openMacKey(macKey, source)) }
}

async function openMacKey(macKey: XmlElement, source: KeySource): Promise<Uint8Array> {
  try {
    const { method, data } = cipheredIn(macKey)
    const key = decrypt(method, await source(method.keyBytes), data)
    if (key && key.length >= MAC_KEY_MIN) return key
  } catch (error) {
    if (!(error instanceof KeyFault)) throw error
    throw new FileRefusal(`MACKey : ${error.reason}.`, macKey.line)
  }
  throw new FileRefusal(
    'le mot de passe ou la clé prépartagée ne déchiffre pas ce fichier. Vérifiez ce que vous avez saisi.',
    macKey.line,
  )
}
