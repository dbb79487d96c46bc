import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileRefusal } from './csv-refusal.ts'
import { readKeyFile } from './key-file.ts'
import { KEY_FILE_LIMIT } from './key-record.ts'

const SECRETS = { password: 'phrase', preSharedKey: Buffer.alloc(16, 1) }
const read = (source: string | Uint8Array) =>
  readKeyFile(typeof source === 'string' ? Buffer.from(source) : source, SECRETS, '2026-11-16')
const refusal = (source: string | Uint8Array) =>
  read(source).then(
    () => expect.unreachable('the file was read'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(FileRefusal)
      return error as FileRefusal
    },
  )

const container = (inside: string, head = '') =>
  `<?xml version="1.0"?>\n<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">\n${head}${inside}</KeyContainer>`
const aPackage = ({ serial = 'S-1', device = '', secret = '' } = {}) => `<KeyPackage>
<DeviceInfo><SerialNo>${serial}</SerialNo>${device}</DeviceInfo>
<Key Id="k" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><Data><Secret>
${secret || '<PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue>'}</Secret></Data></Key></KeyPackage>
`
const macMethod = '<MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/>'

describe('PSKC files that are not what they should be', () => {
  it.each([
    [
      'a bomb of entities',
      `<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${container(aPackage({ serial: '&b;' }))}`,
    ],
    [
      'an external entity',
      `<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/hostname">]>${container(aPackage({ serial: '&x;' }))}`,
    ],
    ['a remote document type', `<!DOCTYPE b SYSTEM "http://192.0.2.1/b.dtd">${container(aPackage())}`],
  ])('are refused before anything is read of %s', async (_, xml) => {
    const { reason, line } = await refusal(xml)
    expect(reason).toContain('DOCTYPE')
    expect(line).toBe(1)
  })

  it.each([
    ['cut short', container(aPackage()).slice(0, 300), 'mal formé'],
    ['another XML', '<html><body/></html>', 'conteneur PSKC'],
    ['an undefined entity', container(aPackage({ serial: '&secret;' })), 'mal formé'],
    ['nested without end', container(`<KeyPackage>${'<a>'.repeat(5_000)}`), 'niveaux'],
    [
      'a key of a million elements',
      container(`<KeyPackage>${'<a/>'.repeat(20_000)}</KeyPackage>`),
      'éléments',
    ],
    [
      'a value without end',
      container(aPackage({ secret: `<PlainValue>${'A'.repeat(200_000)}</PlainValue>` })),
      'démesurée',
    ],
    ['its head after its keys', container(aPackage() + macMethod), 'place'],
    ['no key', container(''), 'aucune clé'],
    ['a certificate', container(aPackage(), '<EncryptionKey><X509Data/></EncryptionKey>'), 'certificat'],
    [
      'another derivation',
      container(
        aPackage(),
        '<EncryptionKey><DerivedKey><KeyDerivationMethod Algorithm="x"/></DerivedKey></EncryptionKey>',
      ),
      'PBKDF2',
    ],
    [
      'a weak MAC',
      container(aPackage(), '<MACMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-md5"/>'),
      'HMAC',
    ],
  ])('are refused: %s', async (_, xml, reason) => {
    expect((await refusal(xml)).reason).toContain(reason)
  })

  it('are refused over 32 MiB, or in another encoding', async () => {
    expect((await refusal(new Uint8Array(KEY_FILE_LIMIT + 1))).reason).toContain('32 Mio')
    expect(
      (await refusal(Buffer.from(container(aPackage({ device: '<Model>é</Model>' })), 'latin1'))).reason,
    ).toContain('UTF-8')
  })

  it('end in keys or in a refusal in French, whatever the bytes', async () => {
    const piece = fc.constantFrom(
      '<KeyPackage>',
      '</KeyPackage>',
      '<Key Id="',
      '">',
      '&#0;',
      '<Secret>',
      '</',
      ']]>',
      '<![CDATA[',
      aPackage(),
      '<EncryptionKey>',
      macMethod,
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc
            .array(fc.oneof(piece, fc.string()), { maxLength: 12 })
            .map((parts) => Buffer.from(container(parts.join('')))),
        ),
        async (bytes) => {
          try {
            await read(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(FileRefusal)
            expect((error as FileRefusal).reason).toMatch(/\.$/)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
