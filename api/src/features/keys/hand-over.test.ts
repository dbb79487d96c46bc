import type { Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHeldKey, aHolder, as } from '@vigie/test/support/key.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readKey } from './read-key.ts'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

describe('hand-over', () => {
  it('ends with an active key', async () => {
    const deps = depsOn(db)
    const uai = await anEtablissement().inCirconscription('0991001A').insert(db)
    const holder = await aHolder(deps, { uai })
    const key = await aHeldKey(deps, holder.id)
    const file = await readKey(as(deps, 'osp', 'departement', '991'), key.serial)
    expect(file).toMatchObject({ state: 'active', credential: { active: true, pinSet: true, failCount: 0 } })
    expect(file.history.map(({ transition }) => transition).toSorted()).toEqual([
      'activate',
      'bind',
      'hand_over',
    ])
  })
})
