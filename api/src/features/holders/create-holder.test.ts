import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHolder, aKey, as } from '@vigie/test/support/key.ts'
import { transition } from '../keys/transition.ts'
import { write } from '../../journal/write.ts'
import { authorise } from '../../access/authorise.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

describe('createHolder', () => {
  it('places a directeur where his school is', async () => {
    const deps = depsOn(db)
    const uai = await anEtablissement().inCirconscription('0991001A').insert(db)
    const { id } = await aHolder(deps, { uai })
    const [row] = await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.select().from(schema.otpHolder).where(eq(schema.otpHolder.id, id)),
    )
    expect(row).toMatchObject({ academie: '98', departement: '991', circonscription: '0991001A', uai })
    const key = await aKey(deps)
    const ctx = as(deps, 'osp', 'departement', '991')
    const bound = await write(ctx, authorise(ctx.actor, 'key:manage'), (tx) =>
      transition(tx, ctx, key, 'bind', { holderId: id }),
    )
    expect(bound).toMatchObject({ state: 'initialised', uai, holderId: id })
  })
})
