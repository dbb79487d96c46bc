import type { Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHeldKey, aHolder, as, someone } from '@vigie/test/support/key.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccount } from '../accounts/create-account.ts'
import { listKeys } from './list-keys.ts'

let db: Database
let deps: ReturnType<typeof depsOn>
beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db)
})
afterAll(() => db.close())

const CIRCONSCRIPTION = '0991077H'
const QUERY = { handOver: 'mine', page: 1, pageSize: 50 } as const

describe('the keys that the caller hands over', () => {
  it('are those of the holders whose superior the caller is, but one’s own', async () => {
    const school = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
    const college = await anEtablissement().college().inCirconscription(CIRCONSCRIPTION).insert(db)
    const director = await aHolder(deps, { uai: school })
    const teacher = await aHolder(deps, { uai: college, function: 'enseignant' })
    const directorKey = await aHeldKey(deps, director.id, { until: 'initialised' })
    const teacherKey = await aHeldKey(deps, teacher.id, { until: 'initialised' })
    const serials = async (ctx: Parameters<typeof listKeys>[0]) =>
      (await listKeys(ctx, QUERY)).rows.map(({ serial }) => serial)

    expect(await serials(as(deps, 'ien', 'circonscription', CIRCONSCRIPTION))).toEqual([directorKey.serial])
    expect(await serials(as(deps, 'chef_etablissement', 'etablissement', college))).toEqual([
      teacherKey.serial,
    ])
    expect(await serials(as(deps, 'diaser', 'academie', '98'))).toEqual([])
    expect(await serials(as(deps, 'osp', 'departement', '991'))).toEqual([])
  })

  it('never hold the caller’s own, even with the role that hands such keys over', async () => {
    const grants = [{ role: 'diaser', perimeter: { kind: 'academie', code: '98' } }] as const
    const id = await createAccount(contextOf(deps), {
      login: 'agent.porteur',
      displayName: 'Agent porteur',
      password: 'phrase longue des essais',
      grants,
    })
    const colleague = await aHolder(deps, { departement: '991', function: 'personnel' })
    const own = await aHolder(deps, { departement: '991', function: 'personnel', login: 'agent.porteur' })
    const key = await aHeldKey(deps, colleague.id, { until: 'initialised' })
    await aHeldKey(deps, own.id, { until: 'initialised' })
    const ctx = contextOf(deps, { ...someone(deps, ...grants), id })
    expect((await listKeys(ctx, QUERY)).rows.map(({ serial }) => serial)).toEqual([key.serial])
  })
})
