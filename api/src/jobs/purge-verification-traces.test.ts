import { schema, type Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../../../test/support/database.ts'
import { contextOf, depsOn } from '../../../test/support/deps.ts'
import { purgeVerificationTracesJob } from './purge-verification-traces.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

describe('purge of verification traces', () => {
  it('forgets what has ended, and keeps the block of a source that still runs', async () => {
    const deps = depsOn(db)
    const at = (minutes: number) => new Date(deps.clock.now().getTime() + minutes * 60_000)
    const answer = { tokenId: deps.random.uuid(), fingerprint: 'x', accepted: true }
    await db.transact({ role: 'vigie_worker' }, async (tx) => {
      await tx.insert(schema.otpSource).values([
        { source: 'old', failures: 3, windowStartedAt: at(-61) },
        { source: 'blocked', failures: 30, windowStartedAt: at(-61), blockedUntil: at(5) },
        { source: 'recent', failures: 1, windowStartedAt: at(-1) },
      ])
      await tx.insert(schema.otpAnswer).values([
        { ...answer, idempotencyKey: 'ended', expiresAt: at(-6) },
        { ...answer, idempotencyKey: 'running', expiresAt: at(1) },
      ])
    })
    await purgeVerificationTracesJob.run(contextOf(deps), new AbortController().signal)
    const [sources, answers] = await db.asOwner(async (tx) => [
      await tx.select().from(schema.otpSource),
      await tx.select().from(schema.otpAnswer),
    ])
    expect(sources.map(({ source }) => source).sort()).toEqual(['blocked', 'recent'])
    expect(answers.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['running'])
  })
})
