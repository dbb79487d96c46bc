import { schema, type Database } from '@vigie/db'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { uaiOf } from '@vigie/test/support/uai.ts'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { importAnnuaire, type AnnuaireFile } from './import-annuaire.ts'

const HEADER =
  'identifiant_de_l_etablissement;nom_etablissement;type_etablissement;statut_public_prive;code_commune;nom_commune;code_departement;code_academie;nombre_d_eleves;etat'
const WORKER = { role: 'vigie_worker' } as const

let seed = 0
let db: Database | undefined
const open: Database[] = []
beforeEach(async () => {
  db = await aDatabase()
  open.push(db)
})
afterAll(() => Promise.all(open.map((each) => each.close())))

const row = (
  number: number,
  over: { name?: string; type?: string; pupils?: string; state?: string; uai?: string } = {},
) =>
  [
    over.uai ?? uaiOf(number),
    over.name ?? `École ${number}`,
    over.type ?? 'Ecole',
    'Public',
    '99101',
    'Brumeval',
    '991',
    '98',
    over.pupils ?? '80',
    over.state ?? 'OUVERT',
  ].join(';')

async function* bytesOf(...rows: string[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from([HEADER, ...rows].join('\n'))
}

const aContext = () => {
  const clock = aClock()
  return { clock, ctx: contextOf(depsOn(db!, { clock, random: aRandom((seed += 1)) })) }
}
const importing = (rows: string[], options: Partial<AnnuaireFile> = {}, suite = aContext()) =>
  importAnnuaire(suite.ctx, { stream: bytesOf(...rows), fileName: 'annuaire.csv', ...options })
const rowsIn = () =>
  db!.transact(WORKER, (tx) => tx.select().from(schema.etablissement).orderBy(asc(schema.etablissement.uai)))

describe('importAnnuaire', () => {
  it('creates, then finds everything unchanged when the same file is read again', async () => {
    const rows = [row(1), row(2, { type: 'Collège' }), row(3, { type: 'Médico-social' })]
    expect(await importing(rows)).toMatchObject({
      rows: 3,
      created: 2,
      refused: 0,
      skipped: { 'Médico-social': 1 },
    })
    const before = await rowsIn()
    const later = aContext()
    later.clock.set('2026-12-01T00:00:00Z')
    expect(await importing(rows, {}, later)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    expect(await rowsIn()).toEqual(before)
  })

  it('updates, closes and reopens, keeping the day of closing', async () => {
    await importing([row(1), row(2), row(3)])
    const suite = aContext()
    suite.clock.set('2026-12-01T00:00:00Z')
    const changed = [row(1, { name: 'École neuve' }), row(2, { state: 'FERME' }), row(3)]
    expect(await importing(changed, {}, suite)).toMatchObject({ updated: 1, closed: 1, unchanged: 1 })
    expect(await rowsIn()).toMatchObject([
      { name: 'École neuve', state: 'ouvert' },
      { state: 'ferme', closedOn: '2026-12-01' },
      { state: 'ouvert' },
    ])
    suite.clock.set('2026-12-20T00:00:00Z')
    expect(await importing(changed, {}, suite)).toMatchObject({ unchanged: 3 })
    expect(await importing([row(2)], {}, suite)).toMatchObject({ reopened: 1 })
    expect((await rowsIn())[1]).toMatchObject({ state: 'ouvert', closedOn: null })
  })

  it('makes new establishments and those of another degree due for evaluation', async () => {
    await importing([row(1), row(2)])
    await db!.transact(WORKER, (tx) => tx.delete(schema.evaluationDue))
    await importing([
      row(1, { type: 'Collège' }),
      row(2, { name: 'Autre' }),
      row(3),
      row(4, { state: 'FERME' }),
    ])
    const due = await db!.transact(WORKER, (tx) => tx.select().from(schema.evaluationDue))
    expect(due.map(({ uai }) => uai).toSorted()).toEqual([uaiOf(1), uaiOf(3)])
  })

  it('refuses rows one by one, says why, and leaves their establishment as it was', async () => {
    await importing([row(1)])
    const report = await importing([row(1, { pupils: '-4' }), row(2, { uai: '0990002A' }), row(3)])
    expect(report).toMatchObject({ rows: 3, created: 1, refused: 2 })
    expect(report.refusals.map(({ line, field }) => [line, field])).toEqual([
      [2, 'nombre_d_eleves'],
      [3, 'identifiant_de_l_etablissement'],
    ])
    const stored = await db!.transact(WORKER, (tx) =>
      tx.select().from(schema.annuaireRefusal).where(eq(schema.annuaireRefusal.importId, report.id)),
    )
    expect(stored).toHaveLength(2)
    expect((await rowsIn())[0]).toMatchObject({ pupils: 80 })
  })

  it('closes the absent ones of one académie only when asked, never one whose row was refused', async () => {
    await importing([row(1), row(2), row(3)])
    expect(await importing([row(1)])).toMatchObject({ closed: 0 })
    const report = await importing([row(1), row(2, { pupils: 'x' })], { closeAbsent: '98' })
    expect(report).toMatchObject({ closed: 1, refused: 1 })
    expect((await rowsIn()).map(({ state }) => state)).toEqual(['ouvert', 'ouvert', 'ferme'])
  })

  it('refuses to close a whole académie, and one that does not exist', async () => {
    await importing([row(1)])
    await expect(importing([], { closeAbsent: '98' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(importing([row(1)], { closeAbsent: '77' })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await rowsIn()).toMatchObject([{ state: 'ouvert' }])
  })

  it.each([
    ['a quote that is never closed', '"École;Ecole'],
    ['another number of columns', 'a;b'],
  ])(
    'refuses a file with %s in its middle, naming the line, and leaves the database as it was',
    async (_, broken) => {
      await importing([row(1)])
      const rows = Array.from({ length: 1_500 }, (_unused, at) => row(at + 1, { name: 'Autre' }))
      const refused = importing([...rows, broken, row(2_000)])
      await expect(refused).rejects.toMatchObject({
        code: 'invalid_input',
        detail: expect.stringContaining('rien n’a changé') as string,
        errors: [{ pointer: expect.stringMatching(/^ligne 15\d\d$/) as string }],
      })
      expect(await rowsIn()).toMatchObject([{ name: 'École 1' }])
      const imports = await db!.transact(WORKER, (tx) => tx.select().from(schema.annuaireImport))
      expect(imports).toHaveLength(1)
    },
  )

  it('keeps the report and one line of journal, in the transaction of the import', async () => {
    const report = await importing([row(1), row(2, { uai: 'x' })])
    const [stored] = await db!.transact(WORKER, (tx) => tx.select().from(schema.annuaireImport))
    expect(stored).toMatchObject({ id: report.id, rows: 2, created: 1, refused: 1, sha256: report.sha256 })
    const journal = await db!.asOwner((tx) => tx.select().from(schema.journalEntry))
    expect(journal).toMatchObject([
      { action: 'annuaire.import', subjectId: report.id, details: { created: 1 } },
    ])
  })

  it('tells its progress in bytes up to the size of the file', async () => {
    const rows = Array.from({ length: 2_500 }, (_unused, at) => row(at))
    const steps: number[] = []
    await importing(rows, { onProgress: ({ bytes }) => steps.push(bytes) })
    expect(steps.length).toBeGreaterThanOrEqual(3)
    expect(steps.at(-1)).toBe(Buffer.byteLength([HEADER, ...rows].join('\n')))
  })

  it('is refused to every account: only the command line imports', async () => {
    const actor = {
      kind: 'account',
      id: '1',
      login: 'd',
      displayName: 'D',
      grants: [{ role: 'diaser', perimeter: { kind: 'academie', code: '98' } }],
    } as const
    const ctx = contextOf(depsOn(db!), actor)
    await expect(importAnnuaire(ctx, { stream: bytesOf(row(1)), fileName: 'a.csv' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
