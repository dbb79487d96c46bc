import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'

describe('the pools of a database', () => {
  it('count its transactions apart from its verifications', async () => {
    const db = await aDatabase()
    const used = () => Object.fromEntries(db.pools().map(({ pool, inUse }) => [pool, inUse]))
    expect(used()).toEqual({ api: 0, verification: 0 })
    await db.transact({ role: 'vigie_worker' }, async (tx) => {
      await tx.execute(sql`select 1`)
      expect(used()).toEqual({ api: 1, verification: 0 })
    })
    const verification = db.verification.run('select 1', [])
    expect(used()).toEqual({ api: 0, verification: 1 })
    await verification
    expect(used()).toEqual({ api: 0, verification: 0 })
    await db.close()
  })
})
