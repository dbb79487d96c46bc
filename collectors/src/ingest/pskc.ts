import { FileRefusal } from './csv-refusal.ts'
import type { KeyFileSecrets, KeyLine } from './key-file.ts'
import { checkedLabel, KeyFault, KEYS_LIMIT } from './key-record.ts'
import { keyOfPackage } from './pskc-package.ts'
import { readParts, textAt, type XmlElement } from './pskc-tree.ts'
import { valueOpener, type ValueOpener } from './pskc-values.ts'

/**
 * Reads a PSKC container (RFC 6030): plain values, AES with a pre-shared key, PBKDF2 from a password. In: its bytes,
 * what opens it. Out: its keys and refusals, in order. Errors: `FileRefusal` when nothing of it can be read.
 */
export async function* readPskc(bytes: Uint8Array, secrets: KeyFileSecrets): AsyncGenerator<KeyLine> {
  const head = new Map<string, XmlElement>()
  let opener: ValueOpener | undefined
  let count = 0
  for await (const part of readParts(bytes)) {
    if (part.name === 'KeyPackage') {
      count += 1
      if (count > KEYS_LIMIT)
        throw new FileRefusal(
          `le fichier compte plus de ${KEYS_LIMIT.toLocaleString('fr-FR')} clés. Découpez-le.`,
          part.line,
        )
      opener ??= valueOpener(head.get('EncryptionKey'), head.get('MACMethod'), secrets)
      yield await lineOf(part, opener)
    } else if (part.name === 'EncryptionKey' || part.name === 'MACMethod') {
      if (opener || head.has(part.name))
        throw new FileRefusal(
          `${part.name} n’est pas à sa place : attendu une seule fois, avant les clés.`,
          part.line,
        )
      head.set(part.name, part)
    }
  }
}

async function lineOf(part: XmlElement, opener: ValueOpener): Promise<KeyLine> {
  try {
    return { kind: 'key', line: part.line, key: await keyOfPackage(part, opener) }
  } catch (error) {
    if (!(error instanceof KeyFault)) throw error
    const serial = checkedLabel(textAt(part, 'DeviceInfo', 'SerialNo'))
    return { kind: 'refused', line: part.line, serial, field: error.field, reason: error.reason }
  }
}
