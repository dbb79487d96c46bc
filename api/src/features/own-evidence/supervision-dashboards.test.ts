import { randomUUID } from 'node:crypto'
import { schema, type Database } from '@vigie/db'
import { openAccount } from '@vigie/test/support/account.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { prepareEvidence, recordEvidenceOfMany } from '../evidence/record-evidence.ts'
import { reportOwnEvidence } from './report-own-evidence.ts'

const WORKER = { role: 'vigie_worker' } as const
const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let ctx: Context
let uai: string

beforeAll(async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db, { clock, random: { ...aRandom(), uuid: randomUUID } }))
})
beforeEach(async () => {
  uai = await anEtablissement().college().insert(db)
})
afterAll(() => db.close())

async function watch(targets: number): Promise<void> {
  const seen = [{ uai, key: 'supervision.targets', value: targets, observedAt: clock.now() } as const]
  await prepareEvidence(ctx, seen)
  await db.transact(WORKER, (tx) =>
    recordEvidenceOfMany(tx, ctx, seen, { source: 'prometheus.test', collector: 'essai' }),
  )
}

async function proved(): Promise<Record<string, unknown>> {
  await reportOwnEvidence(ctx)
  const rows = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

describe('supervision.dashboard', () => {
  it('holds where measures come in and the head has an account', async () => {
    await watch(4)
    expect(await proved()).toMatchObject({ 'supervision.dashboard': false })
    const perimeter = { kind: 'etablissement', code: uai } as const
    const login = `personne.${randomUUID().slice(0, 8)}`
    const grants = [{ role: 'chef_etablissement', perimeter } as const]
    await openAccount(ctx, { login, password: 'phrase longue des essais', grants })
    expect(await proved()).toMatchObject({ 'supervision.dashboard': true })
  })

  it('is unsaid where nothing is watched', async () => {
    await watch(0)
    expect(await proved()).not.toHaveProperty('supervision.dashboard')
  })
})
