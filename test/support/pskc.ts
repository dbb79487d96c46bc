export interface PskcKey {
  readonly serial: string
  readonly type: 'hotp' | 'totp'
  readonly seed: Uint8Array
  readonly digits: number
  readonly period?: number
  readonly algorithm?: 'SHA1' | 'SHA256' | 'SHA512'
}

const value = (name: string, content: string | number) =>
  `<${name}><PlainValue>${content}</PlainValue></${name}>`

const keyPackage = ({ serial, type, seed, digits, period, algorithm }: PskcKey): string => `<KeyPackage>
<DeviceInfo><Manufacturer>oath.ESSAI</Manufacturer><SerialNo>${serial}</SerialNo></DeviceInfo>
<Key Id="${serial}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${type}">
<AlgorithmParameters>${algorithm ? `<Suite>HMAC-${algorithm}</Suite>` : ''}<ResponseFormat Length="${digits}" Encoding="DECIMAL"/></AlgorithmParameters>
<Data>${value('Secret', Buffer.from(seed).toString('base64'))}${type === 'hotp' ? value('Counter', 0) : value('TimeInterval', period ?? 30)}</Data>
</Key></KeyPackage>`

/** Container of these keys, their seeds in the clear (RFC 6030, section 5). */
export const pskcOf = (keys: readonly PskcKey[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">\n${keys
    .map(keyPackage)
    .join('\n')}\n</KeyContainer>`
