import { createHash } from 'node:crypto'
import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aSlip } from '@vigie/test/support/bordereau.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf } from '@vigie/test/support/deps.ts'
import { aKey } from '@vigie/test/support/key.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BordereauKind } from '@vigie/db/schema'
import { createBordereau } from './create-bordereau.ts'
import type { Bordereau, BordereauList, Scan } from './schema.ts'

const WORKER = { role: 'vigie_worker' } as const
const IDENTITY = { circonscription: '0990007X', departement: '991' }
const DAY = 86_400_000
const clock = aClock()
let db: Database
let api: Api
let diaser: Credentials
let ien: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock, random: aRandom(31) })
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  ien = await api.signIn('ien', { kind: 'circonscription', code: IDENTITY.circonscription })
  await db.ensureMonths('journal_entry', [clock.now()])
})
afterAll(() => db.close())

interface Made {
  readonly id: string
  readonly number: string
  readonly sha256: string
}

function make(
  kind: BordereauKind = 'remise_directeur',
  place: { departement?: string; circonscription?: string | null; keyIds?: string[] } = {},
): Promise<Made> {
  const ctx = contextOf(api.deps)
  return db.transact(WORKER, (tx) =>
    createBordereau(tx, ctx, {
      kind,
      academie: '98',
      departement: place.departement ?? IDENTITY.departement,
      circonscription: place.circonscription === undefined ? IDENTITY.circonscription : place.circonscription,
      uai: null,
      holderId: null,
      keyIds: place.keyIds ?? [],
      content: aSlip(kind).content,
    }),
  )
}

const PDF = new TextEncoder().encode('%PDF-1.4\nscan des essais\n%%EOF')
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3)
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 4, 5, 6)
let scans = 0
/** The bytes of a scan that no other test has sent. */
const scanOf = (content: Uint8Array) =>
  new Uint8Array([...content, ...new TextEncoder().encode(`\n${(scans += 1)}`)])

function attach(
  id: string,
  content: Uint8Array,
  { as = ien, name = 'signé.pdf', signedOn }: { as?: Credentials; name?: string; signedOn?: string } = {},
) {
  const body = new FormData()
  body.set('file', new File([new Uint8Array(content)], name))
  if (signedOn !== undefined) body.set('signedOn', signedOn)
  return api.request(`/v1/bordereaux/${id}/scans`, { method: 'POST', as, body })
}
const scansOf = (id: string) =>
  db.asOwner((tx) => tx.select().from(schema.bordereauScan).where(eq(schema.bordereauScan.bordereauId, id)))
const journalOf = (id: string) =>
  db.asOwner((tx) => tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, id)))
async function list(query: string, as: Credentials = diaser): Promise<BordereauList> {
  const response = await api.request(`/v1/bordereaux?${query}`, { as })
  expect(response.status).toBe(200)
  return (await response.json()) as BordereauList
}

describe('numbers', () => {
  it('follow one another in the series of a kind, a département and a year', async () => {
    const numbers = []
    for (let n = 0; n < 3; n++) numbers.push((await make('remise_mairie', { departement: '992' })).number)
    expect(numbers).toEqual(['RM-992-2026-00001', 'RM-992-2026-00002', 'RM-992-2026-00003'])
    expect((await make('restitution_mairie', { departement: '992' })).number).toBe('TM-992-2026-00001')
  })

  it('have neither gap nor duplicate when many slips are made at once and some are undone', async () => {
    const undone = Array.from({ length: 6 }, () =>
      db
        .transact(WORKER, async (tx) => {
          await createBordereau(tx, contextOf(api.deps), {
            ...{ kind: 'remise_directeur', academie: '98', departement: '993', circonscription: null },
            ...{ uai: null, holderId: null, keyIds: [], content: aSlip('remise_directeur').content },
          })
          throw new Error('undone')
        })
        .catch((error: Error) => error.message),
    )
    const made = Array.from({ length: 12 }, () => make('remise_directeur', { departement: '993' }))
    expect(new Set(await Promise.all(undone))).toEqual(new Set(['undone']))
    const ranks = (await Promise.all(made))
      .map(({ number }) => Number(number.slice(-5)))
      .sort((a, b) => a - b)
    expect(ranks).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  })

  it('start again with the civil year of the académie', async () => {
    const before = clock.now().toISOString()
    clock.set('2026-12-31T23:30:00Z')
    await db.ensureMonths('journal_entry', [clock.now()])
    expect((await make('remise_mairie', { departement: '992' })).number).toBe('RM-992-2027-00001')
    clock.set(before)
  })
})

describe('an archived slip', () => {
  it('is given back to the byte, under its number, with its trace in the journal', async () => {
    const made = await make()
    const response = await api.request(`/v1/bordereaux/${made.id}/pdf`, { as: ien })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toContain(`attachment; filename="${made.number}.pdf"`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256)
    expect((await journalOf(made.id)).map(({ action }) => action)).toEqual(['bordereau.created'])
  })

  it('is not given when it no longer matches its fingerprint', async () => {
    const { id } = await make()
    await db.asOwner((tx) => tx.update(schema.bordereau).set({ pdf: PDF }).where(eq(schema.bordereau.id, id)))
    const response = await api.request(`/v1/bordereaux/${id}/pdf`, { as: ien })
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('empreinte')
  })

  it('cannot be changed nor removed by who uses Vigie', async () => {
    const { id } = await make()
    const app = { role: 'vigie_app', perimeters: [{ kind: 'academie', code: '98' }] } as const
    const change = db.transact(app, (tx) =>
      tx.update(schema.bordereau).set({ sha256: '' }).where(eq(schema.bordereau.id, id)),
    )
    await expect(change).rejects.toThrow()
    await expect(
      db.transact(app, (tx) => tx.delete(schema.bordereau).where(eq(schema.bordereau.id, id))),
    ).rejects.toThrow()
  })

  it('does not exist outside its perimeter', async () => {
    const { id } = await make()
    const other = await api.signIn('ien', { kind: 'circonscription', code: '0990099X' })
    for (const path of ['', '/pdf']) {
      expect((await api.request(`/v1/bordereaux/${id}${path}`, { as: other })).status).toBe(404)
    }
    expect((await attach(id, scanOf(PDF), { as: other })).status).toBe(404)
    expect((await list('', other)).total).toBe(0)
  })
})

describe('a signed scan', () => {
  it.each([
    ['application/pdf', PDF, 'pdf'],
    ['image/png', PNG, 'png'],
    ['image/jpeg', JPEG, 'jpg'],
  ])(
    'may be %s, whatever its name says, and makes the slip signed',
    async (mediaType, content, extension) => {
      const { id } = await make()
      const bytes = scanOf(content)
      const response = await attach(id, bytes, { name: '../../Remise signée.exe', signedOn: '2026-11-16' })
      expect(response.status).toBe(201)
      const scan = (await response.json()) as Scan
      expect(scan).toMatchObject({
        mediaType,
        fileName: `Remise signée.${extension}`,
        signedOn: '2026-11-16',
      })
      const back = await api.request(`/v1/bordereaux/${id}/scans/${scan.id}`, { as: ien })
      expect(back.headers.get('content-type')).toBe(mediaType)
      expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes)
      const slip = (await (await api.request(`/v1/bordereaux/${id}`, { as: ien })).json()) as Bordereau
      expect(slip).toMatchObject({ signed: true, signedOn: '2026-11-16', waitingDays: null })
      expect((await journalOf(id)).map(({ action }) => action)).toContain('bordereau.scan_attached')
    },
  )

  it('may have several pages in several files, each once', async () => {
    const { id } = await make()
    const [first, second] = [scanOf(PDF), scanOf(PDF)]
    expect((await attach(id, first)).status).toBe(201)
    expect((await attach(id, second)).status).toBe(201)
    const again = await attach(id, first)
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('déjà joint')
    expect(await scansOf(id)).toHaveLength(2)
    const other = await make()
    expect((await attach(other.id, first)).status).toBe(201)
  })

  it.each([
    ['an empty file', new Uint8Array(), 415],
    ['a page of another kind', new TextEncoder().encode('<html><script>'), 415],
    ['an archive named .pdf', Uint8Array.of(0x50, 0x4b, 3, 4), 415],
    ['a file over 10 MiB', new Uint8Array(10 * 1024 * 1024 + 1).fill(0x25), 413],
  ])('is refused when it is %s, and leaves nothing behind', async (_, content, status) => {
    const { id } = await make()
    const response = await attach(id, content)
    expect(response.status).toBe(status)
    expect(((await response.json()) as { detail: string }).detail.length).toBeGreaterThan(20)
    expect(await scansOf(id)).toEqual([])
  })

  it('takes exactly 10 MiB', async () => {
    const { id } = await make()
    const content = new Uint8Array(10 * 1024 * 1024)
    content.set(PDF)
    expect((await attach(id, content)).status).toBe(201)
  })

  it('is refused without a file, or with a date that cannot be', async () => {
    const { id } = await make()
    const as = ien
    const none = await api.request(`/v1/bordereaux/${id}/scans`, { method: 'POST', as, body: new FormData() })
    expect(none.status).toBe(422)
    for (const signedOn of ['2026-11-15', '2026-11-17', '16/11/2026']) {
      expect((await attach(id, scanOf(PDF), { signedOn })).status).toBe(422)
    }
    expect(await scansOf(id)).toEqual([])
  })

  it('is attached by who hands over or manages keys, not by who only reads', async () => {
    const { id } = await make()
    const rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
    const osp = await api.signIn('osp', { kind: 'departement', code: '991' })
    expect((await attach(id, scanOf(PDF), { as: rssi })).status).toBe(403)
    expect((await attach(id, scanOf(PDF), { as: osp })).status).toBe(201)
  })
})

describe('the list of slips', () => {
  it('finds them by kind, département, part of the number and key', async () => {
    const key = await aKey(api.deps, { departement: '994' })
    const { number } = await make('restitution_directeur', { departement: '994', keyIds: [key.id] })
    await make('remise_mairie', { departement: '994' })
    for (const query of [`kind=restitution_directeur&departement=994`, `q=td-994`, `key=${key.serial}`]) {
      expect((await list(query)).rows.map((row) => row.number)).toEqual([number])
    }
    expect((await list('key=INCONNUE')).total).toBe(0)
    const slip = (await list(`key=${key.serial}`)).rows[0]
    const detail = await api.request(`/v1/bordereaux/${slip?.id}`, { as: diaser })
    expect(((await detail.json()) as Bordereau).keySerials).toEqual([key.serial])
  })

  it('tells the slips whose signed scan has not come back after so many days, oldest first', async () => {
    const place = { departement: '995' }
    const old = await make('remise_directeur', place)
    const signed = await make('remise_directeur', place)
    await attach(signed.id, scanOf(PDF), { as: diaser })
    clock.advance(5 * DAY)
    const middle = await make('remise_directeur', place)
    clock.advance(10 * DAY)
    await make('remise_directeur', place)
    // The session has expired meanwhile.
    diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    const late = await list('departement=995&unsignedForDays=10')
    expect(late.rows.map(({ id, waitingDays }) => [id, waitingDays])).toEqual([
      [old.id, 15],
      [middle.id, 10],
    ])
    expect((await list('departement=995&signed=true')).rows.map(({ id }) => id)).toEqual([signed.id])
    expect((await list('departement=995&signed=false')).total).toBe(3)
  })

  it('goes by pages that never overlap', async () => {
    const seen = new Set<string>()
    const { total } = await list('pageSize=1')
    for (let page = 1; page <= Math.ceil(total / 7); page++) {
      for (const { id } of (await list(`pageSize=7&page=${page}`)).rows) seen.add(id)
    }
    expect(seen.size).toBe(total)
  })
})
