import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileRefusal } from './csv-refusal.ts'
import { readKeyFile, type KeyFileSecrets } from './key-file.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/pskc/${name}`, import.meta.url))
const SECRETS = JSON.parse(fixture('secrets.json').toString('utf8')) as {
  pre_shared_key_hex: string
  pbkdf2_password: string
  keys: { serial: string; secret_hex: string; digits: number; interval?: number }[]
}
const PRE_SHARED: KeyFileSecrets = { preSharedKey: Buffer.from(SECRETS.pre_shared_key_hex, 'hex') }
const PASSWORD: KeyFileSecrets = { password: SECRETS.pbkdf2_password }
const TODAY = '2026-11-16'
const read = (source: string | Uint8Array, secrets: KeyFileSecrets = {}) =>
  readKeyFile(typeof source === 'string' ? Buffer.from(source) : source, secrets, TODAY)
const refusal = (source: string | Uint8Array, secrets: KeyFileSecrets = {}) =>
  read(source, secrets).then(
    () => expect.unreachable('the file was read'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(FileRefusal)
      return error as FileRefusal
    },
  )
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const container = (inside: string, head = '') =>
  `<?xml version="1.0"?>\n<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">\n${head}${inside}</KeyContainer>`

interface Package {
  readonly serial?: string | null
  readonly algorithm?: string
  readonly seed?: Uint8Array
  readonly secret?: string
  readonly parameters?: string
  readonly data?: string
  readonly device?: string
  readonly policy?: string
}
const SEED = Buffer.from('12345678901234567890')
const aPackage = ({ serial = 'S-1', algorithm = 'hotp', seed = SEED, ...more }: Package = {}) => `<KeyPackage>
<DeviceInfo>${serial === null ? '' : `<SerialNo>${serial}</SerialNo>`}${more.device ?? ''}</DeviceInfo>
<Key Id="k" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${algorithm}">
<AlgorithmParameters>${more.parameters ?? '<ResponseFormat Encoding="DECIMAL" Length="6"/>'}</AlgorithmParameters>
<Data><Secret>${more.secret ?? `<PlainValue>${base64(seed)}</PlainValue>`}</Secret>${more.data ?? ''}</Data>
${more.policy ?? ''}</Key></KeyPackage>
`
const refusedField = async (over: Package) => {
  const { keys, refusals } = await read(container(aPackage(over)))
  expect(keys).toEqual([])
  return refusals[0]
}

/** Encrypts as a manufacturer would: CBC with its IV first, HMAC over both. */
function sealed(key: Uint8Array, macKey: Uint8Array, plain: Uint8Array, hash = 'sha1') {
  const iv = Buffer.alloc(16, 7)
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv)
  const data = Buffer.concat([iv, cipher.update(plain), cipher.final()])
  const encrypted = `<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes${key.length * 8}-cbc"/><CipherData><CipherValue>${base64(data)}</CipherValue></CipherData>`
  const mac = base64(createHmac(hash, macKey).update(data).digest())
  return { encrypted, value: `<EncryptedValue>${encrypted}</EncryptedValue><ValueMAC>${mac}</ValueMAC>` }
}
const macMethod = (inside = '', hash = 'sha1') =>
  `<MACMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-${hash}">${inside}</MACMethod>`

describe('recorded PSKC files', () => {
  it.each([
    ['plain', {}],
    ['aes128cbc-psk', PRE_SHARED],
    ['pbkdf2-sha1', PASSWORD],
    ['pbkdf2-sha256-aes256-PRFattr', PASSWORD],
    ['pbkdf2-sha256-aes256-as-emitted-NONCONFORMANT-PRF', PASSWORD],
  ])('gives the three keys of %s', async (name, secrets) => {
    const { format, keys, refusals } = await read(fixture(`${name}.pskc.xml`), secrets)
    expect(format).toBe('pskc')
    expect(refusals).toEqual([])
    expect(keys.map(({ key }) => [key.serial, hex(key.seed), key.digits])).toEqual(
      SECRETS.keys.map(({ serial, secret_hex, digits }) => [serial, secret_hex, digits]),
    )
    expect(keys.map(({ key }) => [key.type, key.algorithm, key.period, key.counter])).toEqual([
      ['hotp', 'SHA1', null, 0],
      ['totp', 'SHA1', 30, 0],
      ['totp', 'SHA256', 60, 0],
    ])
  })

  it('refuses the key whose MAC was tampered with, and names its line and serial', async () => {
    const { keys, refusals } = await read(fixture('aes128cbc-psk-TAMPERED-mac.pskc.xml'), PRE_SHARED)
    expect(keys.map(({ key }) => key.serial)).toEqual(['0000002', '0000003'])
    expect(refusals).toEqual([
      { line: 14, field: 'ValueMAC', reason: expect.stringMatching(/0000001.*MAC.*faux/) as string },
    ])
  })

  it('asks for what opens them, and says when it is not right', async () => {
    expect((await refusal(fixture('pbkdf2-sha1.pskc.xml'))).reason).toContain('mot de passe')
    expect((await refusal(fixture('aes128cbc-psk.pskc.xml'), PASSWORD)).reason).toContain('prépartagée')
    const wrong = { password: 'autre', preSharedKey: Buffer.alloc(16, 1) }
    expect((await refusal(fixture('pbkdf2-sha1.pskc.xml'), wrong)).reason).toContain('ne déchiffre pas')
    expect((await refusal(fixture('aes128cbc-psk.pskc.xml'), wrong)).reason).toContain('ne déchiffre pas')
    const long = { preSharedKey: Buffer.alloc(32, 1) }
    expect((await refusal(fixture('aes128cbc-psk.pskc.xml'), long)).reason).toContain('32 octets')
  })
})

describe('encrypted PSKC', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

  it('gives back every seed, for each AES length, MAC and place of the MAC key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(16, 24, 32).chain((length) => bytes(length)),
        fc.option(fc.uint8Array({ minLength: 16, maxLength: 64 })),
        fc.constantFrom('sha1', 'sha256', 'sha512'),
        fc.array(fc.uint8Array({ minLength: 16, maxLength: 64 }), { minLength: 1, maxLength: 5 }),
        async (key, ownMacKey, hash, seeds) => {
          const macKey = ownMacKey ?? key
          const inside = ownMacKey ? `<MACKey>${sealed(key, macKey, ownMacKey).encrypted}</MACKey>` : ''
          const packages = seeds.map((seed, index) =>
            aPackage({ serial: `S-${index}`, secret: sealed(key, macKey, seed, hash).value }),
          )
          const file = container(packages.join(''), macMethod(inside, hash))
          const { keys, refusals } = await read(file, { preSharedKey: key })
          expect(refusals).toEqual([])
          expect(keys.map(({ key: found }) => hex(found.seed))).toEqual(seeds.map(hex))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('refuses a value whose MAC or data changed by one bit', async () => {
    const key = Buffer.alloc(16, 3)
    const { value } = sealed(key, key, SEED)
    const flip = (text: string) => text.replace(/^(.)/, (first) => (first === 'A' ? 'B' : 'A'))
    for (const changed of [
      value.replace(/<ValueMAC>(.*)<\/ValueMAC>/, (_, mac: string) => `<ValueMAC>${flip(mac)}</ValueMAC>`),
      value.replace(
        /<CipherValue>(.*)<\/CipherValue>/,
        (_, data: string) => `<CipherValue>${flip(data)}</CipherValue>`,
      ),
      value.replace(/<ValueMAC>.*<\/ValueMAC>/, '<ValueMAC>AAAA</ValueMAC>'),
      value.replace(/<ValueMAC>.*<\/ValueMAC>/, '<ValueMAC></ValueMAC>'),
      value.replace(/<ValueMAC>.*<\/ValueMAC>/, ''),
    ]) {
      const { keys, refusals } = await read(container(aPackage({ secret: changed }), macMethod()), {
        preSharedKey: key,
      })
      expect(keys).toEqual([])
      expect(refusals).toMatchObject([{ line: 3, field: 'ValueMAC' }])
    }
  })

  it('refuses an encrypted key in a file that announces no MAC', async () => {
    const key = Buffer.alloc(16, 3)
    const { refusals } = await read(container(aPackage({ secret: sealed(key, key, SEED).value })), {
      preSharedKey: key,
    })
    expect(refusals).toMatchObject([
      { field: 'ValueMAC', reason: expect.stringContaining('sans sceau') as string },
    ])
  })

  it('opens both AES key wraps, which prove the value whole by themselves', async () => {
    const key = Buffer.alloc(32, 5)
    const wraps = [
      ['http://www.w3.org/2001/04/xmlenc#kw-aes256', 'id-aes256-wrap', Buffer.alloc(8, 0xa6), 24],
      [
        'http://www.w3.org/2009/xmlenc11#kw-aes-256-pad',
        'id-aes256-wrap-pad',
        Buffer.from('A65959A6', 'hex'),
        20,
      ],
    ] as const
    for (const [uri, name, iv, size] of wraps) {
      const cipher = createCipheriv(name, key, iv)
      const data = Buffer.concat([cipher.update(Buffer.alloc(size, 9)), cipher.final()])
      const secretOf = (value: Uint8Array) =>
        `<EncryptedValue><EncryptionMethod Algorithm="${uri}"/><CipherData><CipherValue>${base64(value)}</CipherValue></CipherData></EncryptedValue>`
      const { keys } = await read(container(aPackage({ secret: secretOf(data) })), { preSharedKey: key })
      expect(keys.map(({ key: found }) => found.seed.length)).toEqual([size])
      data[3]! ^= 1
      const broken = await read(container(aPackage({ secret: secretOf(data) })), { preSharedKey: key })
      expect(broken.refusals).toMatchObject([{ field: 'EncryptedValue' }])
    }
  })

  it('reads an encrypted counter, as digits or as an integer', async () => {
    const key = Buffer.alloc(16, 3)
    for (const plain of [Buffer.from('4711'), Buffer.from([0x12, 0x67])]) {
      const data = `<Counter>${sealed(key, key, plain).value}</Counter>`
      const file = container(aPackage({ secret: sealed(key, key, SEED).value, data }), macMethod())
      expect((await read(file, { preSharedKey: key })).keys[0]?.key.counter).toBe(4711)
    }
  })

  it('derives the key of a password by PBKDF2: defaults, both spellings of the PRF, SHA-1 and SHA-2', async () => {
    const salt = Buffer.from('sel de seize oct')
    const cases = [
      ['', 'sha1'],
      ['<PRF/>', 'sha1'],
      ['<PRF>http://www.w3.org/2001/04/xmldsig-more#hmac-sha384</PRF>', 'sha384'],
      ['<PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha512"/>', 'sha512'],
    ] as const
    for (const [prf, hash] of cases) {
      const key = pbkdf2Sync('phrase', salt, 1_000, 24, hash)
      const file = container(
        aPackage({ secret: sealed(key, key, SEED).value }),
        derivation(base64(salt), '1000', prf) + macMethod(),
      )
      const { keys } = await read(file, { password: 'phrase' })
      expect(
        keys.map(({ key: found }) => hex(found.seed)),
        prf,
      ).toEqual([hex(SEED)])
    }
  })

  it('refuses to spend minutes on a password', async () => {
    const started = performance.now()
    const key = Buffer.alloc(16)
    const file = container(
      aPackage({ secret: sealed(key, key, SEED).value }),
      derivation('c2Vs', '2000000000', '') + macMethod(),
    )
    const { reason, line } = await refusal(file, { password: 'phrase' })
    expect(reason).toContain('itérations')
    expect(line).toBe(3)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

const derivation = (salt: string, iterations: string, prf: string) =>
  `<EncryptionKey><DerivedKey><KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2"><PBKDF2-params><Salt><Specified>${salt}</Specified></Salt><IterationCount>${iterations}</IterationCount>${prf}</PBKDF2-params></KeyDerivationMethod></DerivedKey></EncryptionKey>`

describe('keys of a PSKC file', () => {
  it('carry their counter, drift, dates and maker', async () => {
    const file = container(
      aPackage({
        data: '<Counter><PlainValue>42</PlainValue></Counter>',
        device:
          '<Manufacturer>oath.Essai</Manufacturer><Model>M1</Model><StartDate>2025-02-03T00:00:00Z</StartDate>',
      }) +
        aPackage({
          ...{ serial: 'S-2', algorithm: 'totp' },
          parameters: '<Suite>HMAC-SHA512</Suite><ResponseFormat Encoding="DECIMAL" Length="8"/>',
          data: '<Time><PlainValue>0</PlainValue></Time><TimeInterval><PlainValue>60</PlainValue></TimeInterval><TimeDrift><PlainValue>-4</PlainValue></TimeDrift>',
          policy:
            '<Policy><StartDate>2024-01-01T00:00:00Z</StartDate><ExpiryDate>2028-01-01T00:00:00Z</ExpiryDate><KeyUsage>OTP</KeyUsage></Policy>',
        }),
    )
    const { keys } = await read(file)
    expect(keys.map(({ key }) => key)).toMatchObject([
      { manufacturer: 'oath.Essai', model: 'M1', counter: 42, manufacturedOn: '2025-02-03', endsOn: null },
      {
        algorithm: 'SHA512',
        digits: 8,
        period: 60,
        drift: -4,
        manufacturedOn: '2024-01-01',
        endsOn: '2028-01-01',
      },
    ])
  })

  it.each<[string, string, Package]>([
    ['a seed under 128 bits', 'Secret', { seed: SEED.subarray(0, 15) }],
    ['no seed', 'Secret', { secret: '' }],
    ['no serial', 'SerialNo', { serial: null }],
    ['a serial that cannot be typed', 'SerialNo', { serial: 'é /' }],
    ['an algorithm other than HOTP or TOTP', 'Algorithm', { algorithm: 'ocra' }],
    ['another hash', 'Suite', { parameters: '<Suite>HMAC-MD5</Suite>' }],
    ['5 digits', 'ResponseFormat', { parameters: '<ResponseFormat Encoding="DECIMAL" Length="5"/>' }],
    ['9 digits', 'ResponseFormat', { parameters: '<ResponseFormat Encoding="DECIMAL" Length="9"/>' }],
    [
      'codes in hexadecimal',
      'ResponseFormat',
      { parameters: '<ResponseFormat Encoding="HEXADECIMAL" Length="6"/>' },
    ],
    [
      'no period',
      'TimeInterval',
      { algorithm: 'totp', data: '<TimeInterval><PlainValue>0</PlainValue></TimeInterval>' },
    ],
    ['a negative counter', 'Counter', { data: '<Counter><PlainValue>-1</PlainValue></Counter>' }],
    [
      'a policy that would not be applied',
      'Policy',
      { policy: '<Policy><NumberOfTransactions>5</NumberOfTransactions></Policy>' },
    ],
  ])('are refused with %s', async (_, field, over) => {
    expect(await refusedField(over)).toMatchObject({ line: 3, field })
  })

  it('are read however many there are and however they are laid out', async () => {
    const packages = Array.from({ length: 300 }, (_, index) => aPackage({ serial: `S-${index}` }))
    expect((await read(container(packages.join(' '.repeat(1_000))))).keys).toHaveLength(300)
  })

  it('are refused each time their serial stands twice, whatever else they say', async () => {
    const file = container(
      aPackage({}) + aPackage({ serial: 'S-2' }) + aPackage({ seed: Buffer.alloc(20, 9) }),
    )
    const { keys, refusals } = await read(file)
    expect(keys.map(({ key }) => key.serial)).toEqual(['S-2'])
    expect(refusals.map(({ line, field }) => [line, field])).toEqual([
      [3, 'numero_serie'],
      [15, 'numero_serie'],
    ])
  })
})
