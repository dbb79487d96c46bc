import {
  checkedAlgorithm,
  checkedCounter,
  checkedDay,
  checkedDigits,
  checkedDrift,
  checkedLabel,
  checkedPeriod,
  checkedSeed,
  checkedSerial,
  KeyFault,
  shown,
  type KeyRecord,
} from './key-record.ts'
import { fromBase64 } from './pskc-cipher.ts'
import { attributeOf, childOf, textAt, type XmlElement } from './pskc-tree.ts'
import type { ValueOpener } from './pskc-values.ts'

/**
 * In: one KeyPackage. Out: its key. `StartDate` stands for the manufacture, which RFC 6030 does not carry; `Time` is
 * checked and dropped, since a TOTP step comes from the clock. Errors: `KeyFault`, `FileRefusal`.
 */
export async function keyOfPackage(keyPackage: XmlElement, opener: ValueOpener): Promise<KeyRecord> {
  const device = childOf(keyPackage, 'DeviceInfo')
  const serial = checkedSerial(textAt(device, 'SerialNo'), 'SerialNo')
  const key = onlyKey(keyPackage)
  const policy = childOf(key, 'Policy')
  refusePolicy(policy)
  const type = typeOf(attributeOf(key, 'Algorithm'))
  const parameters = childOf(key, 'AlgorithmParameters')
  const data = childOf(key, 'Data')
  checkedCounter(await numberIn(data, 'Time', opener), 'Time')
  return {
    serial,
    manufacturer: checkedLabel(textAt(device, 'Manufacturer')),
    model: checkedLabel(textAt(device, 'Model')),
    manufacturedOn: dayOf('StartDate', device, policy),
    endsOn: dayOf('ExpiryDate', device, policy),
    type,
    algorithm: checkedAlgorithm(textAt(parameters, 'Suite'), 'Suite'),
    digits: digitsOf(childOf(parameters, 'ResponseFormat')),
    period:
      type === 'totp' ? checkedPeriod(await numberIn(data, 'TimeInterval', opener), 'TimeInterval') : null,
    counter: type === 'hotp' ? checkedCounter(await numberIn(data, 'Counter', opener), 'Counter') : 0,
    drift: type === 'totp' ? checkedDrift(await numberIn(data, 'TimeDrift', opener), 'TimeDrift') : 0,
    seed: checkedSeed(await bytesIn(childOf(data, 'Secret'), opener), 'Secret'),
    unitPriceCents: null,
  }
}

function onlyKey(keyPackage: XmlElement): XmlElement {
  const [key, ...others] = keyPackage.children.filter(({ name }) => name === 'Key')
  if (key && others.length === 0) return key
  throw new KeyFault('Key', key ? 'ce paquet contient plusieurs clés : attendu une seule' : 'paquet sans clé')
}

function typeOf(uri: string): KeyRecord['type'] {
  const found = /(?:^|[:#])(hotp|totp)$/i.exec(uri.trim())
  if (found) return found[1]?.toLowerCase() === 'hotp' ? 'hotp' : 'totp'
  throw new KeyFault('Algorithm', `algorithme ${shown(uri)} non pris en charge : attendu HOTP ou TOTP`)
}

function digitsOf(format: XmlElement | undefined): number {
  const encoding = attributeOf(format, 'Encoding')
  if (!/^(DECIMAL)?$/i.test(encoding))
    throw new KeyFault('ResponseFormat', `codes en ${shown(encoding)} non pris en charge : attendu DECIMAL`)
  if (/^(true|1)$/.test(attributeOf(format, 'CheckDigits')))
    throw new KeyFault(
      'ResponseFormat',
      'codes suivis d’un chiffre de contrôle : ce n’est pas pris en charge',
    )
  return checkedDigits(attributeOf(format, 'Length'), 'ResponseFormat', 6)
}

/** A policy that is not understood makes the key unusable (RFC 6030, section 5). */
function refusePolicy(policy: XmlElement | undefined): void {
  for (const { name, text } of policy?.children ?? []) {
    if (name === 'StartDate' || name === 'ExpiryDate' || name === 'PINPolicy') continue
    if (name === 'KeyUsage' && /^OTP$/i.test(text.trim())) continue
    throw new KeyFault(
      'Policy',
      `condition d’emploi ${shown(name)} non prise en charge : la clé serait mal employée`,
    )
  }
}

function dayOf(name: string, ...places: (XmlElement | undefined)[]): string | null {
  const text = places.map((place) => textAt(place, name)).find((found) => found !== '') ?? ''
  return checkedDay(text, name)
}

async function bytesIn(holder: XmlElement | undefined, opener: ValueOpener): Promise<Uint8Array> {
  if (holder && childOf(holder, 'EncryptedValue')) return opener.open(holder)
  const plain = childOf(holder, 'PlainValue')
  const bytes = plain && fromBase64(plain.text)
  if (!bytes || bytes.length === 0)
    throw new KeyFault('Secret', 'graine absente ou illisible : attendu du base64 dans PlainValue')
  return bytes
}

/** Text of a number; empty when absent. Encrypted, it comes as digits or as a big-endian integer. */
async function numberIn(
  data: XmlElement | undefined,
  name: 'Counter' | 'Time' | 'TimeInterval' | 'TimeDrift',
  opener: ValueOpener,
): Promise<string> {
  const holder = childOf(data, name)
  if (!holder || !childOf(holder, 'EncryptedValue')) return textAt(holder, 'PlainValue')
  const bytes = Buffer.from(await opener.open(holder))
  const text = bytes.toString('latin1')
  if (/^-?\d{1,16}$/.test(text)) return text
  if (bytes.length > 8) throw new KeyFault(name, 'nombre déchiffré illisible')
  return String(bytes.length === 0 ? '' : BigInt(`0x${bytes.toString('hex')}`))
}
