import { schema, type Database } from '@vigie/db'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHeldKey, aHolder, aKey, as, someone } from '@vigie/test/support/key.ts'
import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, Deps } from '../../context.ts'
import { bindKeys } from './bind-keys.ts'
import { readKey } from './read-key.ts'

let db: Database
let deps: Deps
let osp: Context
let north: string
let south: string

beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db)
  osp = as(deps, 'osp', 'departement', '991')
  north = await anEtablissement()
    .inCirconscription('0991001A')
    .with({ circonscriptionName: 'Brume-Nord' })
    .insert(db)
  south = await anEtablissement().inCirconscription('0991002B').insert(db)
})
afterAll(() => db.close())

const fileOf = (...lines: string[]) => new File([['serie;identifiant', ...lines].join('\n')], 'lot.csv')

describe('bindKeys', () => {
  it('binds each line by itself, with one summary per circonscription', async () => {
    const holders = [
      await aHolder(deps, { uai: north }),
      await aHolder(deps, { uai: north }),
      await aHolder(deps, { uai: south }),
    ]
    const keys = await Promise.all([1, 2, 3].map(() => aKey(deps)))
    const taken = await aHeldKey(deps, (await aHolder(deps, { uai: north })).id, { until: 'initialised' })
    const elsewhere = await aKey(deps, { departement: '992' })
    const free = await aHolder(deps, { uai: south })
    const report = await bindKeys(
      osp,
      fileOf(
        ...keys.map((key, index) => `${key.serial};${holders[index]!.login.toUpperCase()}`),
        `${taken.serial};${free.login}`,
        `${elsewhere.serial};${free.login}2`,
        'INCONNUE;personne',
        ';x',
      ),
    )
    expect(report).toMatchObject({ rows: 7, bound: 3, refused: 4 })
    expect(report.refusals.map(({ line, field }) => [line, field])).toEqual([
      [5, 'serie'],
      [6, 'identifiant'],
      [7, 'identifiant'],
      [8, 'serie'],
    ])
    expect(report.refusals[0]?.reason).toContain('« Préparée »')
    expect(report.bordereaux.map(({ to, keys: count }) => [to, count])).toEqual([
      ['Circonscription Brume-Nord', 2],
      ['Circonscription 0991002B', 1],
    ])
    const ids = keys.map(({ id }) => id)
    const rows = await db.asOwner((tx) =>
      tx.select().from(schema.otpKey).where(inArray(schema.otpKey.id, ids)),
    )
    expect(rows.map(({ state }) => state)).toEqual(['initialised', 'initialised', 'initialised'])
    const [credential] = await db.asOwner((tx) =>
      tx.select().from(schema.otpCredential).where(eq(schema.otpCredential.holderId, free.id)),
    )
    expect(credential?.keyId).toBeNull()
    const north1 = await readKey(as(deps, 'ien', 'circonscription', '0991001A'), keys[0]!.serial)
    expect(north1.bordereaux).toMatchObject([{ kind: 'recapitulatif_remise' }])
  })

  it('refuses whole a file that is no table, and a caller who keeps no stock', async () => {
    await expect(bindKeys(osp, new File(['rien'], 'lot.csv'))).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await expect(bindKeys(osp, undefined)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(bindKeys(osp, 'serie;identifiant')).rejects.toMatchObject({ code: 'invalid_input' })
    const ien = as(deps, 'ien', 'circonscription', '0991001A')
    await expect(bindKeys(ien, fileOf())).rejects.toMatchObject({ code: 'forbidden' })
    const nobody = contextOf(deps, someone(deps))
    await expect(bindKeys(nobody, undefined)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
