import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { planEtablissements } from '../plan/etablissements.ts'
import { tellBackups } from './tell-backups.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

it('tells of a sound repository and of a neglected one, with their trend and a signed restore test, once', async () => {
  const planned = planEtablissements().filter(({ commune }) => commune.name === 'Brumeval')
  const own = (['exemplary', 'tired'] as const).map((profile) =>
    planned.find((item) => item.profile === profile),
  )
  const items = await Promise.all(
    own.map(async (item) => {
      if (!item) throw new Error('the town has no such establishment')
      return { ...item, uai: await anEtablissement().insert(db) }
    }),
  )
  await tellBackups(contextOf(depsOn(db)), items)
  await tellBackups(contextOf(depsOn(db)), items)
  const read = await db.transact({ role: 'vigie_worker' }, async (tx) => ({
    repositories: await tx.select().from(schema.backupRepository),
    sizes: await tx.select().from(schema.backupSize),
    tests: await tx.select().from(schema.restoreTest),
  }))
  expect(read.repositories.map(({ versions, remote }) => [versions, remote])).toEqual(
    expect.arrayContaining([
      [14, true],
      [3, false],
    ]),
  )
  expect(read.sizes).toHaveLength(8)
  expect(read.tests).toHaveLength(2)
})
