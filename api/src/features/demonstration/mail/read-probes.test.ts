import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { planEtablissements } from '../plan/etablissements.ts'
import { readProbes } from './read-probes.ts'

let db: Database
let ctx: Context
beforeAll(async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db))
})
afterAll(() => db.close())

it.each([
  ['exemplary', true],
  ['tired', false],
])('the probe message of an establishment that is %s was seen by an antivirus: %s', async (profile, seen) => {
  const planned = planEtablissements().find((item) => item.profile === profile && item.closedOn === null)
  if (!planned) throw new Error('the plan has no such establishment')
  const uai = await anEtablissement().insert(db)
  await readProbes(ctx, [{ ...planned, uai }])
  const held = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
  )
  expect(Object.fromEntries(held.map(({ key, value }) => [key, value]))).toEqual({
    'mail.spam_filter': true,
    'mail.virus_filter': seen,
  })
})
