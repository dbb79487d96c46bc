import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { schema, type Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { pskcOf } from '../support/pskc.ts'

const SECRET_OF_THIS_MACHINE = 'contenu-qui-ne-doit-pas-sortir'
const SEED = new TextEncoder().encode('12345678901234567890')
const MEBIBYTE = 1024 * 1024

let db: Database
let api: Api
let diaser: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

const plain = (serial: string) => pskcOf([{ serial, type: 'hotp', seed: SEED, digits: 6 }])
const withDoctype = (doctype: string, xml: string) => xml.replace('?>', `?>${doctype}`)

async function send(xml: string, fields: Record<string, string> = {}) {
  const form = new FormData()
  form.set('file', new File([xml], 'cles.pskc.xml', { type: 'application/pskc+xml' }))
  form.set('academie', '98')
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const start = performance.now()
  const response = await api.request('/v1/keys/imports', { method: 'POST', as: diaser, body: form })
  return { status: response.status, text: await response.text(), ms: performance.now() - start }
}
const keys = async () => (await db.asOwner((tx) => tx.select().from(schema.otpKey))).length

describe('containers that attack', () => {
  it('imports the same container without the attack', async () => {
    expect(await send(plain('ESSAI-SAIN'))).toMatchObject({ status: 201 })
    expect(await keys()).toBe(1)
  })

  it.each([
    [
      'a billion laughs',
      Array.from(
        { length: 10 },
        (_, n) => `<!ENTITY e${n} "${n === 0 ? 'ha' : `&e${n - 1};`.repeat(10)}">`,
      ).join(''),
      '&e9;',
    ],
    ['a quadratic blow-up', `<!ENTITY a "${'a'.repeat(50_000)}">`, '&a;'.repeat(2_000)],
    ['an entity that names itself', '<!ENTITY a "&b;"><!ENTITY b "&a;">', '&a;'],
  ])('refuses %s at once, in a few megabytes', async (_, entities, use) => {
    const before = await keys()
    const memory = process.memoryUsage().rss
    const answer = await send(withDoctype(`<!DOCTYPE k [${entities}]>`, plain(use)))
    expect(answer.status).toBe(422)
    expect(answer.ms).toBeLessThan(2_000)
    expect(process.memoryUsage().rss - memory).toBeLessThan(200 * MEBIBYTE)
    expect(await keys()).toBe(before)
  })

  it('reads no file of this machine through an external entity', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'vigie-xxe-'))
    const path = join(directory, 'secret.txt')
    await writeFile(path, SECRET_OF_THIS_MACHINE)
    try {
      for (const doctype of [
        `<!DOCTYPE k [<!ENTITY x SYSTEM "file://${path}">]>`,
        `<!DOCTYPE k SYSTEM "file://${path}">`,
        `<!DOCTYPE k [<!ENTITY % p SYSTEM "file://${path}"> %p;]>`,
      ]) {
        const answer = await send(withDoctype(doctype, plain('&x;')))
        expect(answer.status).toBe(422)
        expect(answer.text).not.toContain(SECRET_OF_THIS_MACHINE)
      }
      const included = plain('x').replace(
        '<SerialNo>x',
        `<SerialNo><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${path}" parse="text"/>`,
      )
      expect((await send(included)).text).not.toContain(SECRET_OF_THIS_MACHINE)
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it('calls no server, whichever way the container names one', async () => {
    let calls = 0
    const server = createServer((_request, response) => response.end(String((calls += 1))))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/piege`
    try {
      for (const xml of [
        withDoctype(`<!DOCTYPE k SYSTEM "${url}">`, plain('ESSAI-1')),
        withDoctype(`<!DOCTYPE k [<!ENTITY x SYSTEM "${url}">]>`, plain('&x;')),
        plain('ESSAI-2').replace('?>', `?><?xml-stylesheet href="${url}"?>`),
        plain('ESSAI-3').replace(
          '<KeyContainer ',
          `<KeyContainer xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x ${url}" `,
        ),
      ])
        expect((await send(xml)).status).toBeLessThan(500)
      expect(calls).toBe(0)
    } finally {
      server.close()
    }
  })

  it('derives no key for hours: a password with billions of iterations is refused at once', async () => {
    const derivation = `<EncryptionKey><DerivedKey xmlns="http://www.w3.org/2009/xmlenc11#"><KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2"><PBKDF2-params xmlns="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#"><Salt><Specified>c2Vs</Specified></Salt><IterationCount>2000000000</IterationCount><KeyLength>16</KeyLength></PBKDF2-params></KeyDerivationMethod></DerivedKey></EncryptionKey>`
    const xml = plain('ESSAI-4').replace('<KeyPackage>', `${derivation}<KeyPackage>`)
    const answer = await send(xml, { password: 'phrase' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('itérations')
    expect(answer.ms).toBeLessThan(2_000)
  })

  it('never repeats a seed in its answer, refused or not', async () => {
    const short = new TextEncoder().encode('xyzzy-zz')
    const xml = pskcOf([{ serial: 'ESSAI-5', type: 'hotp', seed: short, digits: 6 }])
    const { text } = await send(xml)
    for (const form of ['latin1', 'hex', 'base64'] as const)
      expect(text).not.toContain(Buffer.from(short).toString(form))
  })
})
