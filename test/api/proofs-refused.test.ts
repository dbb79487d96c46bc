import { schema, type Database } from '@vigie/db'
import { count } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aDocx, aForm, anOdt, anXlsx, aPdf, aPng, EICAR } from '../support/proof-file.ts'
import { aZip } from '../support/zip.ts'

const MEBIBYTE = 1024 * 1024
let db: Database
let api: Api
let uai: string
let head: Credentials

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock: aClock('2026-11-16T09:00:00Z') })
  uai = await anEtablissement().college().insert(db)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
})
afterAll(() => db.close())

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  api.request(`/v1/etablissements/${uai}/proofs`, { method: 'POST', as: head, body, headers })
const rows = () =>
  db.asOwner(async (tx) => [
    (await tx.select({ n: count() }).from(schema.proof))[0]!.n,
    (await tx.select({ n: count() }).from(schema.proofContent))[0]!.n,
  ])

/** Sends, expects this refusal in French, and that nothing was left. */
async function refused(
  content: Uint8Array | string,
  name: string,
  status: number,
  told: RegExp,
  fields = {},
) {
  const before = await rows()
  const response = await post(aForm(content, name, fields))
  const problem = (await response.json()) as { detail: string }
  expect([response.status, problem.detail], name).toEqual([status, expect.stringMatching(told) as string])
  expect(await rows(), name).toEqual(before)
}
const kept = async (content: Uint8Array | string, name: string) => {
  const response = await post(aForm(content, name))
  return ((await response.json()) as { fileName: string }).fileName
}
const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * MEBIBYTE)

describe('the name of a file', () => {
  it('never keeps a path, a control character or a direction override', async () => {
    expect(await kept(aPdf('1'), '../../../etc/cron.d/tache.pdf')).toBe('tache.pdf')
    expect(await kept(aPdf('2'), 'C:\\Windows\\System32\\pilote.pdf')).toBe('pilote.pdf')
    expect(await kept(aPdf('3'), 'bulletin\u202egpj.pdf')).toBe('bulletingpj.pdf')
    expect(await kept(aPdf('4'), '..')).toBe('preuve.pdf')
    expect(await kept(aPdf('5'), `${'é'.repeat(400)}.pdf`)).toBe(`${'é'.repeat(100)}.pdf`)
    expect(await kept(aPdf('6'), 'a\r\nContent-Type: text/html\r\n.pdf')).not.toMatch(/[\r\n]/)
    expect(await kept(aPdf('7'), '%2e%2e%2fsecret.pdf')).toBe('2e2e2fsecret.pdf')
  })

  it('is refused when it says something else than the content', async () => {
    await refused(aPdf(), 'photo.jpg', 415, /« \.jpg »/)
    await refused(aPng(), 'charte.pdf', 415, /Image PNG/)
    await refused(aPdf(), 'charte.pdf.exe', 415, /« \.exe »/)
    await refused(aPdf(), 'charte.html', 415, /« \.html »/)
    await refused(aDocx(), 'tableau.xlsx', 415, /Document Word/)
  })
})

describe('a wrong type', () => {
  it('is refused whatever the name and the announced type', async () => {
    const html = '<!doctype html><script>alert(1)</script>'
    await refused(html, 'charte.pdf', 415, /pas accepté/)
    await refused(html, 'note.txt', 415, /pas accepté/)
    await refused('<svg xmlns="http://www.w3.org/2000/svg"/>', 'plan.png', 415, /pas accepté/)
    await refused(Buffer.from('MZ\u0090\0\u0003\0', 'latin1'), 'charte.docx', 415, /pas accepté/)
    await refused('#!/bin/sh\nrm -rf /\n', 'note.txt', 415, /pas accepté/)
    await refused('GIF89a', 'image.png', 415, /pas accepté/)
    await refused(
      Buffer.from('d0cf11e0a1b11ae1' + '00'.repeat(600), 'hex'),
      'vieux.doc',
      415,
      /ancien format/,
    )
    await refused(aPdf().subarray(0, 60), 'coupe.pdf', 415, /incomplet/)
    await refused('x'.repeat(MEBIBYTE + 1), 'long.txt', 415, /pas accepté/)
    await refused('', 'vide.pdf', 422, /vide/)
  })

  it('is refused in a container that is not the document it says', async () => {
    await refused(aZip([{ name: 'charte.pdf', content: aPdf() }]), 'charte.docx', 415, /archive/)
    await refused(Buffer.from('PK\u0003\u0004nothing'), 'charte.docx', 415, /abîmé/)
    await refused(aZip([], Buffer.from('PK')), 'vide.docx', 415, /archive|abîmé/)
    const types = [{ name: '[Content_Types].xml', content: '<Types/>' }]
    await refused(aZip(types), 'charte.docx', 415, /archive/)
    await refused(aDocx().subarray(0, 200), 'coupe.docx', 415, /abîmé/)
  })

  it('is refused for macros, programs, objects, passwords and archives inside', async () => {
    const part = (name: string, content: Uint8Array | string = 'x') => [{ name, content }]
    await refused(aDocx(part('word/vbaProject.bin')), 'a.docx', 415, /macros/)
    await refused(
      aDocx([], 'application/vnd.ms-word.document.macroEnabled.main+xml'),
      'a.docx',
      415,
      /macros/,
    )
    await refused(
      aDocx(part('word/anything.bin', Buffer.from('d0cf11e0a1b11ae1', 'hex'))),
      'a.docx',
      415,
      /incorporé/,
    )
    await refused(aDocx(part('word/media/image1.png', 'MZ program')), 'a.docx', 415, /incorporé/)
    await refused(aDocx(part('word/activeX/activeX1.xml')), 'a.docx', 415, /incorporé/)
    await refused(anOdt(part('Basic/Standard/Module1.xml')), 'a.odt', 415, /macros/)
    await refused(aDocx(part('word/embeddings/a.zip', aZip(part('a.txt')))), 'a.docx', 415, /archive/)
    const twice = anXlsx([{ name: 'xl/embeddings/b.xlsx', content: anXlsx() }])
    await refused(aDocx([{ name: 'word/embeddings/a.xlsx', content: twice }]), 'a.docx', 415, /archive/)
    await refused(aDocx([{ name: 'word/secret.xml', content: 'x', flags: 1 }]), 'a.docx', 415, /mot de passe/)
  })
})

describe('a path trick inside a container', () => {
  it('is refused', async () => {
    for (const name of [
      '../../etc/passwd',
      '/etc/passwd',
      'C:/evil',
      'word\\..\\..\\evil',
      'word/./a',
      'a\u0001b',
    ]) {
      await refused(aDocx([{ name, content: 'x' }]), 'charte.docx', 415, /chemins/)
    }
    await refused(
      aDocx([{ name: 'word/lien', content: '/etc/passwd', mode: 0o120777 }]),
      'c.docx',
      415,
      /chemins/,
    )
    await refused(aDocx([{ name: 'Word/Document.XML', content: 'x' }]), 'c.docx', 415, /abîmé/)
  })
})

describe('a zip bomb', () => {
  it('is refused when it says what it inflates to', async () => {
    await refused(aDocx([{ name: 'word/media/a.bin', content: zeros(20) }]), 'b.docx', 415, /démesuré/)
    const noise = Buffer.alloc(600_000, 'abcdefghijklmnopqrstuvwxyz0123456789')
    const many = Array.from({ length: 200 }, (_, i) => ({ name: `word/${i}.xml`, content: noise }))
    await refused(aDocx(many), 'b.docx', 415, /démesuré/)
  })

  it('is refused when it lies about it', async () => {
    const content = zeros(20)
    const lie = { name: 'word/media/a.bin', content, inflatedBytes: 10_000 }
    await refused(aDocx([lie]), 'b.docx', 415, /démesuré|abîmé/)
  })

  it('is refused when entries share their bytes, when they are too many, and when it is nested', async () => {
    const shared = Array.from({ length: 50 }, (_, i) => ({
      name: `word/c${i}.xml`,
      content: 'x'.repeat(5_000),
      sharesWith: 2,
    }))
    await refused(aDocx(shared), 'b.docx', 415, /démesuré/)
    const many = Array.from({ length: 2_100 }, (_, i) => ({ name: `word/${i}.xml`, content: '' }))
    await refused(aDocx(many), 'b.docx', 415, /démesuré/)
    const inner = anXlsx([{ name: 'xl/media/a.bin', content: zeros(20) }])
    await refused(aDocx([{ name: 'word/embeddings/a.xlsx', content: inner }]), 'b.docx', 415, /démesuré/)
  })

  it('is refused with bytes before the container', async () => {
    const hidden = aZip([{ name: 'a', content: 'b' }], Buffer.from('PK\u0003\u0004hidden', 'latin1'))
    await refused(hidden, 'b.docx', 415, /abîmé/)
  })
})

describe('the test file of EICAR', () => {
  it('is refused alone, in a document, and across two chunks', async () => {
    await refused(EICAR, 'eicar.txt', 415, /malveillant \(EICAR-Test\)/)
    await refused(EICAR, 'eicar.com', 415, /malveillant/)
    await refused(aPdf(EICAR), 'charte.pdf', 415, /malveillant/)
    const late = Buffer.concat([Buffer.alloc(65_536 - 30, 32), Buffer.from(EICAR), Buffer.alloc(90_000, 33)])
    await refused(aDocx([{ name: 'word/media/a.txt', content: late }]), 'charte.docx', 415, /malveillant/)
    const inner = anXlsx([{ name: 'xl/a.txt', content: EICAR }])
    await refused(aDocx([{ name: 'word/embeddings/a.xlsx', content: inner }]), 'c.docx', 415, /malveillant/)
  })
})

describe('a file too large', () => {
  const large = Buffer.concat([aPdf(), Buffer.alloc(10 * MEBIBYTE)])

  it('is refused with its length told', async () => {
    await refused(large, 'gros.pdf', 413, /10 Mio/)
    const before = await rows()
    const told = await post(new Uint8Array(8), { 'Content-Length': String(500 * MEBIBYTE) })
    expect(told.status).toBe(413)
    expect(await rows()).toEqual(before)
  })

  it('takes what is exactly at the limit', async () => {
    const exact = Buffer.concat([aPdf(), Buffer.alloc(10 * MEBIBYTE - 2 * aPdf().length, 32), aPdf()])
    expect(exact.length).toBe(10 * MEBIBYTE)
    expect(await kept(exact, 'juste.pdf')).toBe('juste.pdf')
  })
})

describe('a field', () => {
  it('is refused with its name and the remedy', async () => {
    await refused(aPdf('f'), 'a.pdf', 422, /12 mois à venir/, { effectiveOn: '2028-01-01' })
    await refused(aPdf('f'), 'a.pdf', 422, /1980/, { effectiveOn: '1905-01-01' })
    await refused(aPdf('f'), 'a.pdf', 422, /2026-09-01/, { effectiveOn: 'hier' })
    await refused(aPdf('f'), 'a.pdf', 422, /500/, { description: 'x'.repeat(501) })
    await refused(aPdf('f'), 'a.pdf', 422, /INF-PDT-8/, { requirement: 'INF-PDT-99' })
  })

  it('is missed when there is no file, or when the form is none', async () => {
    const before = await rows()
    const form = new FormData()
    form.set('file', 'du texte')
    const malformed = { 'Content-Type': 'multipart/form-data; boundary=x' }
    for (const response of [await post(form), await post('nothing'), await post('nothing', malformed)]) {
      expect(response.status).toBe(422)
    }
    expect(await rows()).toEqual(before)
  })
})
