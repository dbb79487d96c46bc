import { schema, type Database } from '@vigie/db'
import { count } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aDocx, aForm, aHeic, aJpeg, anOdt, anXlsx, aPdf, aPng, aWebp } from '../support/proof-file.ts'

let db: Database
let api: Api
let uai: string
let other: string
let head: Credentials
let rssi: Credentials
let stranger: Credentials

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock: aClock('2026-11-16T09:00:00Z') })
  uai = await anEtablissement().college().insert(db)
  other = await anEtablissement().college().insert(db)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
  rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
  stranger = await api.signIn('chef_etablissement', { kind: 'etablissement', code: other })
})
afterAll(() => db.close())

const send = (
  content: Uint8Array | string,
  name: string,
  fields: Readonly<Record<string, string>> = {},
  as = head,
  place = uai,
) =>
  api.request(`/v1/etablissements/${place}/proofs`, {
    method: 'POST',
    as,
    body: aForm(content, name, fields),
  })

interface Told {
  id: string
  fileName: string
  mediaType: string
  sha256: string
  effectiveOn: string | null
  description: string | null
  alreadyHeld: boolean
  scanner: string
}
const stored = async (response: Response, status = 201) => {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  return JSON.parse(text) as Told
}
const rows = () =>
  db.asOwner(async (tx) => [
    (await tx.select({ n: count() }).from(schema.proof))[0]!.n,
    (await tx.select({ n: count() }).from(schema.proofContent))[0]!.n,
  ])

describe('a proof', () => {
  it('is kept with its fingerprint, its own day, and comes back as it was', async () => {
    const content = aPdf('charte')
    const told = await stored(
      await send(content, 'Charte élèves.pdf', {
        description: 'Votée en conseil d’administration',
        effectiveOn: '2026-06-30',
        requirement: 'INF-AUT-13',
      }),
    )
    expect(told).toMatchObject({
      fileName: 'Charte élèves.pdf',
      mediaType: 'application/pdf',
      effectiveOn: '2026-06-30',
      alreadyHeld: false,
      scanner: 'signatures',
    })
    for (const as of [head, rssi]) {
      const response = await api.request(`/v1/proofs/${told.id}/content`, { as })
      expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true)
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; /)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-security-policy')).toContain('sandbox')
    }
  })

  it('does not exist for who does not see the establishment', async () => {
    const told = await stored(await send(aPdf('privé'), 'a.pdf'))
    for (const path of ['', '/content']) {
      expect((await api.request(`/v1/proofs/${told.id}${path}`, { as: stranger })).status).toBe(404)
    }
    expect((await api.request(`/v1/proofs/${told.id}`, { method: 'DELETE', as: stranger })).status).toBe(404)
    expect((await send(aPdf('x'), 'x.pdf', {}, stranger)).status).toBe(404)
    const aqssi = await api.signIn('aqssi', { kind: 'academie', code: '98' })
    expect((await send(aPdf('x'), 'x.pdf', {}, aqssi)).status).toBe(403)
  })

  it('is kept once per establishment, whatever its second name', async () => {
    const first = await stored(await send(aPdf('double'), 'un.pdf'))
    const before = await rows()
    const again = await stored(await send(aPdf('double'), 'deux.pdf', { description: 'Règlement' }), 200)
    expect(again).toMatchObject({
      id: first.id,
      alreadyHeld: true,
      fileName: 'un.pdf',
      description: 'Règlement',
    })
    expect(await rows()).toEqual(before)
    const elsewhere = await stored(await send(aPdf('double'), 'un.pdf', {}, stranger, other))
    expect(elsewhere.id).not.toBe(first.id)
  })

  it('is kept once even when sent ten times at once', async () => {
    const before = await rows()
    const told = await Promise.all(
      Array.from({ length: 10 }, async () => (await send(aPdf('ensemble'), 'e.pdf')).json() as Promise<Told>),
    )
    expect(new Set(told.map(({ id }) => id)).size).toBe(1)
    expect(await rows()).toEqual(before.map((n) => n + 1))
  })

  it('is listed newest first, and removed while nothing cites it', async () => {
    const told = await stored(await send(aPdf('à retirer'), 'r.pdf'))
    const list = async (query = '') =>
      (await (await api.request(`/v1/etablissements/${uai}/proofs${query}`, { as: rssi })).json()) as {
        total: number
        rows: Told[]
      }
    expect((await list('?attached=false')).rows.map(({ id }) => id)).toContain(told.id)
    expect((await list('?attached=true')).rows.map(({ id }) => id)).not.toContain(told.id)
    expect((await api.request(`/v1/proofs/${told.id}`, { method: 'DELETE', as: head })).status).toBe(204)
    expect((await list()).rows.map(({ id }) => id)).not.toContain(told.id)
    const [proofs, contents] = await rows()
    expect(proofs).toBe(contents)
  })

  it('may be any of the kinds that people have at hand', async () => {
    const cases: [Buffer | string, string, string][] = [
      [aPng(), 'capture.png', 'image/png'],
      [aJpeg(), 'IMG_0001.JPG', 'image/jpeg'],
      [aWebp(), 'photo.webp', 'image/webp'],
      [aHeic(), 'IMG_0002.HEIC', 'image/heic'],
      [aDocx(), 'charte.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      [anXlsx(), 'parc.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      [anOdt(), 'charte.odt', 'application/vnd.oasis.opendocument.text'],
      ['Sauvegarde vérifiée le 12 octobre.\n', 'note.txt', 'text/plain'],
      [
        aDocx([{ name: 'word/embeddings/Classeur.xlsx', content: anXlsx(), stored: true }]),
        'graphique.docx',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      ],
    ]
    for (const [content, name, mediaType] of cases) {
      expect(await stored(await send(content, name)), name).toMatchObject({ mediaType })
    }
  })
})
