import { createDecipheriv } from 'node:crypto'

/** How a value is encrypted (XML Encryption 1.0 and 1.1). */
export interface CipherMethod {
  readonly name: string
  readonly keyBytes: number
  /** True when decryption itself proves the value whole: CBC does not, and needs a MAC. */
  readonly provesWhole: boolean
  readonly iv: (data: Uint8Array) => { iv: Uint8Array; body: Uint8Array }
}

const BLOCK = 16
/** RFC 3394 and RFC 5649: initial values of the two key wraps. */
const WRAP_IV = Uint8Array.from({ length: 8 }, () => 0xa6)
const PADDED_WRAP_IV = Uint8Array.of(0xa6, 0x59, 0x59, 0xa6)

const METHODS: ReadonlyMap<string, CipherMethod> = new Map(
  [128, 192, 256].flatMap((bits): [string, CipherMethod][] => {
    const keyBytes = bits / 8
    const wrap = (iv: Uint8Array) => (data: Uint8Array) => ({ iv, body: data })
    return [
      [
        `http://www.w3.org/2001/04/xmlenc#aes${bits}-cbc`,
        {
          ...{ name: `aes-${bits}-cbc`, keyBytes, provesWhole: false },
          iv: (data) => ({ iv: data.subarray(0, BLOCK), body: data.subarray(BLOCK) }),
        },
      ],
      [
        `http://www.w3.org/2001/04/xmlenc#kw-aes${bits}`,
        { name: `id-aes${bits}-wrap`, keyBytes, provesWhole: true, iv: wrap(WRAP_IV) },
      ],
      [
        `http://www.w3.org/2009/xmlenc11#kw-aes-${bits}-pad`,
        { name: `id-aes${bits}-wrap-pad`, keyBytes, provesWhole: true, iv: wrap(PADDED_WRAP_IV) },
      ],
    ]
  }),
)

/** In: the URI of an algorithm. Out: how to open it; undefined when it is not supported. */
export const cipherNamed = (uri: string): CipherMethod | undefined => METHODS.get(uri)

/** Out: the plain bytes; null when the key, the padding or the data is not right. */
export function decrypt(method: CipherMethod, key: Uint8Array, data: Uint8Array): Uint8Array | null {
  const { iv, body } = method.iv(data)
  try {
    const decipher = createDecipheriv(method.name, key, iv)
    return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]))
  } catch {
    return null
  }
}

/** Strict base64, white space aside; null when it is not. */
export function fromBase64(text: string): Uint8Array | null {
  const bare = text.replaceAll(/\s/g, '')
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) return null
  return new Uint8Array(Buffer.from(bare, 'base64'))
}

const HASH = /hmac-?sha-?(1|224|256|384|512)$/i

/** In: URI or name of an HMAC (`…xmldsig#hmac-sha1`). Out: its hash as Node names it; undefined when not supported. */
export function hmacHash(uri: string): string | undefined {
  const found = HASH.exec(uri.trim())
  return found ? `sha${found[1]}` : undefined
}
