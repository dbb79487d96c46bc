import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf, depsOn } from '../../../../test/support/deps.ts'
import { anEtablissement } from '../../../../test/support/etablissement.ts'
import { aHeldKey, aHolder } from '../../../../test/support/key.ts'
import { eraseDepartedHolders } from './erase-departed-holders.ts'
import { ERASED_NAME } from './erase-holder.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

describe('people who left', () => {
  it('are forgotten after the time set, unless a key is still in their hands', async () => {
    const deps = depsOn(db)
    const uai = await anEtablissement().inCirconscription('0991001A').insert(db)
    const left = async (months: number, keyed = false) => {
      const holder = await aHolder(deps, { uai })
      if (keyed) await aHeldKey(deps, holder.id)
      const departedAt = new Date(deps.clock.now())
      departedAt.setUTCMonth(departedAt.getUTCMonth() - months)
      await db.transact({ role: 'vigie_worker' }, (tx) =>
        tx.update(schema.otpHolder).set({ departedAt }).where(eq(schema.otpHolder.id, holder.id)),
      )
      return holder.id
    }
    const [long, recent, keyed] = [await left(25), await left(23), await left(25, true)]
    expect(await eraseDepartedHolders(contextOf(deps))).toBe(1)
    expect(await eraseDepartedHolders(contextOf(deps))).toBe(0)
    const names = await db.asOwner((tx) =>
      tx.select({ id: schema.otpHolder.id, name: schema.otpHolder.displayName }).from(schema.otpHolder),
    )
    const erased = names.filter(({ name }) => name === ERASED_NAME).map(({ id }) => id)
    expect(erased).toEqual([long])
    expect(erased).not.toContain(recent)
    expect(erased).not.toContain(keyed)
  })
})
