import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { planEtablissements } from '../plan/etablissements.ts'
import { readControllers } from './read-controllers.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db?.close())

describe('the Wi-Fi controllers of the demonstration', () => {
  it('are read by the collector itself', async () => {
    const uai = await anEtablissement().college().insert(db)
    const planned = planEtablissements().find(({ profile, closedOn }) => profile === 'tired' && !closedOn)
    if (!planned) throw new Error('The demonstration has no such school.')
    await readControllers(contextOf(depsOn(db)), [{ ...planned, uai }])
    const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
    )
    expect(rows.map(({ key, value, collector }) => [key, value, collector]).toSorted()).toEqual([
      ['network.byod_separated', false, 'network:wifi-valmont'],
      ['network.wifi_networks', 3, 'network:wifi-valmont'],
      ['network.wifi_secured', 1, 'network:wifi-valmont'],
    ])
  })
})
