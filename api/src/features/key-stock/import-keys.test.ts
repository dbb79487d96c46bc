import { readFileSync } from 'node:fs'
import { schema, type Database } from '@vigie/db'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { as } from '@vigie/test/support/key.ts'
import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { openSeed } from '../../secrets/seal.ts'
import { importKeys } from './import-keys.ts'
import { endOfLife } from './insert-keys.ts'
import { listImports } from './list-imports.ts'

const WORKER = { role: 'vigie_worker' } as const
const SEED_HEX = '3132333435363738393031323334353637383930'

let db: Database
let ctx: Context
let serials = 0
beforeAll(async () => {
  db = await aDatabase()
  ctx = as(depsOn(db, { clock: aClock(), random: aRandom(11) }), 'diaser', 'academie', '98')
})
afterAll(() => db.close())

const aSerial = () => `STOCK-${String((serials += 1)).padStart(6, '0')}`
const sample = (name: string) =>
  new Uint8Array(
    readFileSync(new URL(`../../../../collectors/fixtures/pskc/${name}.pskc.xml`, import.meta.url)),
  )
const csv = (...rows: string[]) =>
  new Uint8Array(
    Buffer.from(
      ['numero_serie;graine;type;chiffres;periode;compteur;date_fabrication;prix', ...rows].join('\n'),
    ),
  )
const importing = (bytes: Uint8Array, over: object = {}, context = ctx) =>
  importKeys(context, { bytes, fileName: 'cles.csv', academie: '98', ...over })
const importingRows = (...rows: string[]) => importing(csv(...rows))

const held = (serial: string) =>
  db.transact(WORKER, async (tx) => {
    const [row] = await tx
      .select({ key: schema.otpKey, secret: schema.otpSecret })
      .from(schema.otpKey)
      .innerJoin(schema.otpSecret, eq(schema.otpSecret.keyId, schema.otpKey.id))
      .where(eq(schema.otpKey.serial, serial))
    return row
  })
const journalOf = (id: string) =>
  db.asOwner((tx) => tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, id)))

describe('importKeys', () => {
  it('registers the keys of a PSKC file opened by its pre-shared key, seeds sealed, in stock', async () => {
    const { pre_shared_key_hex: hex, keys } = JSON.parse(
      readFileSync(new URL('../../../../collectors/fixtures/pskc/secrets.json', import.meta.url), 'utf8'),
    ) as { pre_shared_key_hex: string; keys: { serial: string; secret_hex: string }[] }
    const report = await importing(sample('aes128cbc-psk'), {
      preSharedKey: new Uint8Array(Buffer.from(hex, 'hex')),
      fileName: 'lot.pskc.xml',
    })
    expect(report).toMatchObject({ format: 'pskc', keys: 3, created: 3, unchanged: 0, refused: 0 })
    for (const { serial, secret_hex } of keys) {
      const row = await held(serial)
      const seed = openSeed(keyringOf(ctx.config), row!.key.id, row!.secret)
      expect(Buffer.from(seed).toString('hex')).toBe(secret_hex)
      expect(Buffer.from(row!.secret.seedSealed).toString('hex')).not.toContain(secret_hex)
      expect(row!.key).toMatchObject({
        ...{ state: 'stock', kind: 'hardware', academie: '98', departement: null },
        ...{ unitPriceCents: 817, importId: report.id },
      })
    }
  })

  it('keeps what a row of CSV says, end of life five years after manufacture', async () => {
    const serial = aSerial()
    await importingRows(`${serial};${SEED_HEX};totp;8;60;;2025-03-01;9,50`)
    expect(await held(serial)).toMatchObject({
      key: { manufacturedOn: '2025-03-01', expiresOn: '2030-03-01', unitPriceCents: 950 },
      secret: { type: 'totp', digits: 8, period: 60, algorithm: 'SHA1', counter: 0 },
    })
  })

  it('starts the history of each key, by who imported it', async () => {
    const serial = aSerial()
    const report = await importingRows(`${serial};${SEED_HEX};hotp;6;;;;`)
    const row = await held(serial)
    const history = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.keyTransition).where(eq(schema.keyTransition.keyId, row!.key.id)),
    )
    expect(history).toMatchObject([
      {
        ...{ transition: 'import', fromState: null, toState: 'stock', actorKind: 'account' },
        details: { serial, importId: report.id },
      },
    ])
  })

  it('never resets the counter, the seed, the drift or the state of a key that it meets again', async () => {
    const serial = aSerial()
    const row = `${serial};${SEED_HEX};hotp;6;;5;2025-03-01;`
    await importingRows(row)
    const before = await held(serial)
    await db.transact(WORKER, async (tx) => {
      await tx
        .update(schema.otpSecret)
        .set({ counter: 912 })
        .where(eq(schema.otpSecret.keyId, before!.key.id))
      await tx.update(schema.otpKey).set({ state: 'active' }).where(eq(schema.otpKey.id, before!.key.id))
    })
    expect(await importingRows(row)).toMatchObject({ created: 0, unchanged: 1, refused: 0 })
    expect(await importingRows(`${serial};${SEED_HEX};hotp;6;;0;2026-01-01;1,00`)).toMatchObject({
      unchanged: 1,
    })
    expect(await held(serial)).toEqual({
      key: { ...before!.key, state: 'active' },
      secret: { ...before!.secret, counter: 912 },
    })
  })

  it('refuses another seed or other parameters for a key it holds, and changes nothing', async () => {
    const serial = aSerial()
    await importingRows(`${serial};${SEED_HEX};hotp;6;;5;;`)
    const before = await held(serial)
    const report = await importing(
      csv(`${serial};${'ab'.repeat(20)};hotp;6;;0;;`, `${aSerial()};${SEED_HEX};hotp;6;;;;`),
    )
    expect(report).toMatchObject({ created: 1, unchanged: 0, refused: 1 })
    expect(report.refusals).toMatchObject([{ line: 2, field: 'graine' }])
    expect(report.refusals[0]!.reason).toContain(serial)
    expect((await importingRows(`${serial};${SEED_HEX};hotp;8;;5;;`)).refusals).toMatchObject([
      { line: 2, field: 'chiffres' },
    ])
    expect(await held(serial)).toEqual(before)
  })

  it('does not tell what another académie holds under the same serial', async () => {
    const serial = aSerial()
    const deps = depsOn(db, { random: aRandom(12) })
    const row = csv(`${serial};${SEED_HEX};hotp;6;;;;`)
    await importing(row, { academie: '11' }, as(deps, 'diaser', 'academie', '11'))
    const report = await importing(row)
    expect(report.refusals).toMatchObject([{ line: 2, field: 'numero_serie' }])
    expect(JSON.stringify(report.refusals)).not.toMatch(/Montpellier|"11"/)
  })

  it('writes the good lines and reports the others by line, field and reason', async () => {
    const [good, twice] = [aSerial(), aSerial()]
    const report = await importingRows(
      `${good};${SEED_HEX};hotp;6;;;;`,
      `${aSerial()};0102030405;hotp;6;;;;`,
      `${twice};${SEED_HEX};hotp;6;;;;`,
      `${twice};${'cd'.repeat(20)};hotp;6;;;;`,
      `;${SEED_HEX};hotp;6;;;;`,
      `${aSerial()};${SEED_HEX};totp;9;30;;;`,
      `${aSerial()};${SEED_HEX};totp;6;0;;;`,
      `${aSerial()};${SEED_HEX};ocra;6;;;;`,
    )
    expect(report).toMatchObject({ keys: 8, created: 1, refused: 7 })
    expect(report.refusals.map(({ line, field }) => [line, field])).toEqual([
      [3, 'graine'],
      [4, 'numero_serie'],
      [5, 'numero_serie'],
      [6, 'numero_serie'],
      [7, 'chiffres'],
      [8, 'periode'],
      [9, 'type'],
    ])
    expect(await held(good)).toBeDefined()
    expect(await held(twice)).toBeUndefined()
  })

  it('writes nothing at all of a file that cannot be read to its end', async () => {
    const rows = Array.from({ length: 30 }, () => aSerial())
    const bytes = csv(...rows.map((serial) => `${serial};${SEED_HEX};hotp;6;;;;`), 'X;"jamais fermé')
    const imports = () => db.transact(WORKER, (tx) => tx.select().from(schema.keyImport))
    const before = await imports()
    await expect(importing(bytes)).rejects.toMatchObject({
      code: 'invalid_input',
      detail: expect.stringContaining('rien n’a changé') as string,
    })
    const found = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.otpKey).where(inArray(schema.otpKey.serial, rows)),
    )
    expect(found).toEqual([])
    expect(await imports()).toEqual(before)
  })

  it('says which password or key is missing or wrong', async () => {
    const refused = (over: object) => importing(sample('pbkdf2-sha1'), over)
    await expect(refused({})).rejects.toMatchObject({
      detail: expect.stringContaining('mot de passe') as string,
    })
    await expect(refused({ password: 'un autre' })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: expect.stringContaining('ne déchiffre pas') as string,
    })
    await expect(importing(sample('aes128cbc-psk'))).rejects.toMatchObject({
      detail: expect.stringContaining('clé prépartagée') as string,
    })
    await expect(importing(new Uint8Array(0))).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('leaves one line of journal, without anything secret', async () => {
    const report = await importing(sample('pbkdf2-sha256-aes256-PRFattr'), {
      password: 'qwerty-demo',
      academie: '98',
    })
    const entries = await journalOf(report.id)
    expect(entries).toMatchObject([
      { action: 'key.import', details: { keys: 3, unchanged: 3, sha256: report.sha256, academie: '98' } },
    ])
    expect(JSON.stringify(entries.map(({ details }) => details))).not.toMatch(/qwerty|3132333435|4e83aee1/i)
  })

  it('is the académie’s stock keeper’s alone, on that académie', async () => {
    const deps = depsOn(db, { random: aRandom(13) })
    const row = csv(`${aSerial()};${SEED_HEX};hotp;6;;;;`)
    for (const context of [
      as(deps, 'osp', 'departement', '991'),
      as(deps, 'ien', 'circonscription', '0990001X'),
      as(deps, 'rssi', 'academie', '98'),
    ])
      await expect(importing(row, {}, context)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(importing(row, { academie: '11' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(importing(row, { departement: '034' })).rejects.toMatchObject({ code: 'not_found' })
    const other = as(deps, 'diaser', 'academie', '11')
    expect((await listImports(other)).every(({ academie }) => academie === '11')).toBe(true)
    expect((await listImports(ctx)).every(({ academie }) => academie === '98')).toBe(true)
  })

  it('registers each key once when the same file comes twice at the same time', async () => {
    const rows = Array.from({ length: 20 }, () => `${aSerial()};${SEED_HEX};hotp;6;;;;`)
    const outcomes = await Promise.allSettled([importingRows(...rows), importingRows(...rows)])
    const done = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    expect(done.reduce((sum, { value }) => sum + value.created, 0)).toBe(20)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' })
    expect(await importingRows(...rows)).toMatchObject({ created: 0, unchanged: 20 })
  })

  it('takes ten thousand keys in one go', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 10_000 }, () => `${aSerial()};${SEED_HEX};hotp;6;;;2025-01-01;`)
    const steps: number[] = []
    const system = contextOf({ ...ctx })
    const report = await importing(
      csv(...rows),
      { onProgress: ({ done }: { done: number }) => steps.push(done) },
      system,
    )
    expect(report).toMatchObject({ created: 10_000, refused: 0 })
    expect(steps.at(-1)).toBe(10_000)
  })
})

describe('endOfLife', () => {
  it('is five years after manufacture, or sooner when the file says so', () => {
    expect(endOfLife({ manufacturedOn: '2024-02-29', endsOn: null })).toBe('2029-02-28')
    expect(endOfLife({ manufacturedOn: '2024-03-01', endsOn: '2027-01-01' })).toBe('2027-01-01')
    expect(endOfLife({ manufacturedOn: '2024-03-01', endsOn: '2037-01-01' })).toBe('2029-03-01')
    expect(endOfLife({ manufacturedOn: null, endsOn: null })).toBeNull()
  })
})
