import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSharing } from './import-sharing.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

async function* bytesOf(rows: readonly string[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(['academie,degre,exigence,responsable', ...rows].join('\n'))
}
const importing = (...rows: string[]) =>
  importSharing(contextOf(depsOn(db)), { stream: bytesOf(rows), fileName: 'partage.csv' })
const tableOf = (academie: string) =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.sharingOverride).where(eq(schema.sharingOverride.academie, academie)),
  )

describe('importSharing', () => {
  it('replaces the table of the académies that the file names, and of no other', async () => {
    await importing('98,d1,INF-AUT-13,academie', '98,d2,INF-AUT-13,academie', '16,d2,INF-PDT-8,etablissement')
    const report = await importing('98,d1,INF-AUT-13,collectivite')
    expect(report).toMatchObject({ created: 0, updated: 1, unchanged: 0, removed: 1, refusals: [] })
    expect(await tableOf('98')).toEqual([
      { academie: '98', degree: 'd1', requirement: 'INF-AUT-13', party: 'collectivite' },
    ])
    expect(await tableOf('16')).toHaveLength(1)
    expect(await importing('98,d1,INF-AUT-13,collectivite')).toMatchObject({
      unchanged: 1,
      updated: 0,
      removed: 0,
    })
  })

  it('removes nothing when a row was refused, since the table is then incomplete', async () => {
    await importing('31,d1,INF-PDT-8,academie', '31,d1,INF-PDT-9,academie')
    const report = await importing('31,d1,INF-PDT-8,academie', '31,d1,INF-PDT-9,mairie')
    expect(report).toMatchObject({ removed: 0, refusals: [{ line: 3, field: 'responsable' }] })
    expect(await tableOf('31')).toHaveLength(2)
  })

  it('refuses a file without its columns and changes nothing', async () => {
    const stream = (async function* () {
      yield Buffer.from('academie;degre\n98;d1\n')
    })()
    const refused = importSharing(contextOf(depsOn(db)), { stream, fileName: 'x.csv' })
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('journals what it did', async () => {
    await importing('12,d1,INF-PDT-8,academie')
    const entries = await db.asOwner((tx) =>
      tx
        .select()
        .from(schema.journalEntry)
        .where(and(eq(schema.journalEntry.action, 'partage.import'))),
    )
    expect(entries.at(-1)).toMatchObject({ details: { created: 1 } })
  })
})
