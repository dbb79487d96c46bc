import { schema, type Database } from '@vigie/db'
import { openAccount } from '@vigie/test/support/account.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { PASSWORD } from '@vigie/test/support/api.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHeldKey, aHolder, as } from '@vigie/test/support/key.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, Deps } from '../../context.ts'
import { grantRole } from '../accounts/grant-role.ts'
import { bindKey } from '../keys/bind-key.ts'
import { recordAct } from '../assistance/record-act.ts'
import { changeKey } from '../keys/change-key.ts'
import { readKey } from '../keys/read-key.ts'
import { takeBack } from '../keys/take-back.ts'
import { createHolder } from './create-holder.ts'
import { eraseHolder } from './erase-holder.ts'
import { exportHolder } from './export-holder.ts'
import { followDirectory } from './follow-directory.ts'
import { listHolders } from './list-holders.ts'
import { readHolder } from './read-holder.ts'
import { updateHolder } from './update-holder.ts'

const CIRCONSCRIPTION = '0991001A'
const PAGE = { page: 1, pageSize: 50 }
let db: Database
let deps: Deps
let ecole: string
let college: string
let osp: Context
let ien: Context
let diaser: Context

beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db)
  ecole = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
  college = await anEtablissement().college().insert(db)
  osp = as(deps, 'osp', 'departement', '991')
  ien = as(deps, 'ien', 'circonscription', CIRCONSCRIPTION)
  diaser = as(deps, 'diaser', 'academie', '98')
})
afterAll(() => db.close())

const rowOf = async (id: string) => {
  const [row] = await db.asOwner((tx) =>
    tx.select().from(schema.otpHolder).where(eq(schema.otpHolder.id, id)),
  )
  return row!
}
const person = (login: string) => ({ login, displayName: 'Personne Essai' })

describe('createHolder', () => {
  it('places each kind of holder from the directory, and prepares a credential that opens nothing', async () => {
    const made = [
      await createHolder(osp, { function: 'directeur_ecole', ...person(' Dir.ESSAI '), uai: ecole }),
      await createHolder(osp, { function: 'ien', ...person('ien.essai'), circonscription: CIRCONSCRIPTION }),
      await createHolder(osp, { function: 'mairie', communeCode: '99001', orderNumber: 2 }),
      await createHolder(diaser, { function: 'enseignant', ...person('prof.essai'), uai: college }),
      await createHolder(diaser, { function: 'externe', ...person('ext.essai'), departement: '991' }),
      await createHolder(diaser, { function: 'personnel', ...person('perso.essai') }),
    ]
    const place = { academie: '98', departement: '991' }
    expect(await Promise.all(made.map(({ id }) => rowOf(id)))).toMatchObject([
      { ...place, login: 'dir.essai', circonscription: CIRCONSCRIPTION, uai: ecole, kind: 'nominative' },
      { ...place, circonscription: CIRCONSCRIPTION, uai: null },
      { ...place, login: '99001-02', kind: 'mairie', displayName: 'Mairie de Villeneuve-les-Essais' },
      { ...place, circonscription: null, uai: college },
      { ...place, uai: null },
      { academie: '98', departement: null },
    ])
    const [credential] = await db.asOwner((tx) =>
      tx.select().from(schema.otpCredential).where(eq(schema.otpCredential.holderId, made[0]!.id)),
    )
    expect(credential).toMatchObject({
      login: 'dir.essai',
      academie: '98',
      active: false,
      keyId: null,
      pinMac: null,
    })
  })

  it.each([
    ['without a school', { function: 'directeur_ecole', ...person('x1') }, '/uai'],
    ['of a collège', { function: 'directeur_ecole', ...person('x2'), uai: '§' }, '/uai'],
    ['without a name', { function: 'personnel', login: 'x3' }, '/displayName'],
    ['without a login', { function: 'personnel', displayName: 'Essai' }, '/login'],
    ['of a commune without school', { function: 'mairie', communeCode: '99999' }, '/communeCode'],
    [
      'of an unknown circonscription',
      { function: 'ien', ...person('x4'), circonscription: 'Z' },
      '/circonscription',
    ],
    ['of another département', { function: 'externe', ...person('x5'), departement: '971' }, '/departement'],
  ] as const)('refuses a holder %s, naming the field', async (_, input, pointer) => {
    await expect(createHolder(diaser, input)).rejects.toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer }],
    })
  })

  it('refuses a login already taken, and to an OSP those whom the division registers', async () => {
    await createHolder(osp, { function: 'directeur_ecole', ...person('deux.fois'), uai: ecole })
    const again = createHolder(osp, { function: 'directeur_ecole', ...person('Deux.Fois'), uai: ecole })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    const teacher = createHolder(osp, { function: 'enseignant', ...person('prof.osp'), uai: college })
    await expect(teacher).rejects.toMatchObject({ code: 'forbidden' })
    const far = as(deps, 'osp', 'departement', '992')
    const outside = createHolder(far, { function: 'directeur_ecole', ...person('loin'), uai: ecole })
    await expect(outside).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(createHolder(ien, { function: 'mairie', communeCode: '99001' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('links the account of the same login when its roles are there, never one from elsewhere', async () => {
    const accountId = await openAccount(deps, {
      login: 'lie.essai',
      password: PASSWORD,
      grants: [{ role: 'directeur_ecole', perimeter: { kind: 'etablissement', code: ecole } }],
    })
    await openAccount(deps, {
      login: 'homonyme.essai',
      password: PASSWORD,
      grants: [{ role: 'rssi', perimeter: { kind: 'academie', code: '97' } }],
    })
    const linked = await createHolder(osp, {
      function: 'directeur_ecole',
      ...person('Lie.Essai'),
      uai: ecole,
    })
    const alone = await createHolder(osp, {
      function: 'directeur_ecole',
      ...person('homonyme.essai'),
      uai: ecole,
    })
    expect((await rowOf(linked.id)).accountId).toBe(accountId)
    expect((await rowOf(alone.id)).accountId).toBeNull()
    const early = await createHolder(osp, { function: 'directeur_ecole', ...person('plus.tard'), uai: ecole })
    const later = await openAccount(deps, { login: 'Plus.Tard', password: PASSWORD, grants: [] })
    expect((await rowOf(early.id)).accountId).toBeNull()
    const perimeter = { kind: 'etablissement', code: ecole } as const
    await grantRole(contextOf(deps), later, { role: 'directeur_ecole', perimeter })
    expect((await rowOf(early.id)).accountId).toBe(later)
  })
})

describe('updateHolder', () => {
  it('moves the key with its holder, who keeps it, and leaves the rest as it was', async () => {
    const other = await anEtablissement().inCirconscription('0991009Z').insert(db)
    const holder = await aHolder(deps, { uai: ecole, mail: 'a@exemple.fr' })
    const key = await aHeldKey(deps, holder.id)
    await updateHolder(osp, holder.id, { uai: other, callBackNumber: null })
    expect(await rowOf(holder.id)).toMatchObject({
      uai: other,
      circonscription: '0991009Z',
      mail: 'a@exemple.fr',
      callBackNumber: null,
    })
    await expect(readKey(ien, key.serial)).rejects.toMatchObject({ code: 'not_found' })
    const next = as(deps, 'ien', 'circonscription', '0991009Z')
    expect((await readKey(next, key.serial)).state).toBe('active')
  })

  it('closes the file of who departs, once the key is back', async () => {
    const holder = await aHolder(deps, { uai: ecole })
    const key = await aHeldKey(deps, holder.id)
    await expect(updateHolder(osp, holder.id, { departed: true })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining(key.serial) as string,
    })
    await takeBack(ien, key.serial, {})
    await updateHolder(osp, holder.id, { departed: true })
    expect((await rowOf(holder.id)).departedAt).not.toBeNull()
    await updateHolder(osp, holder.id, { departed: false })
    expect((await rowOf(holder.id)).departedAt).toBeNull()
  })

  it('is for who manages that kind of holder', async () => {
    const teacher = await aHolder(deps, { uai: college, function: 'enseignant' })
    await expect(updateHolder(osp, teacher.id, { displayName: 'Autre' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const director = await aHolder(deps, { uai: ecole })
    const promoted = updateHolder(osp, director.id, { function: 'enseignant', uai: college })
    await expect(promoted).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('followDirectory', () => {
  it('moves people and mairies with their school, keys with them, and nobody else', async () => {
    const builder = anEtablissement()
      .inCirconscription('0991005W')
      .with({ communeCode: '99055', commune: 'Autre-Commune' })
    const moving = await builder.insert(db)
    const [director, mairie, other] = [
      await aHolder(deps, { uai: moving }),
      await aHolder(deps, { function: 'mairie', communeCode: '99055' }),
      await aHolder(deps, { uai: ecole }),
    ]
    const key = await aHeldKey(deps, director.id)
    const worker = { role: 'vigie_worker' } as const
    await db.transact(worker, (tx) =>
      tx
        .update(schema.etablissement)
        .set({ circonscription: '0991006X' })
        .where(eq(schema.etablissement.uai, moving)),
    )
    expect(await db.transact(worker, (tx) => followDirectory(tx, contextOf(deps)))).toBe(2)
    expect(await db.transact(worker, (tx) => followDirectory(tx, contextOf(deps)))).toBe(0)
    for (const { id } of [director, mairie]) {
      expect((await rowOf(id)).circonscription).toBe('0991006X')
    }
    expect((await rowOf(other.id)).circonscription).toBe(CIRCONSCRIPTION)
    const next = as(deps, 'ien', 'circonscription', '0991006X')
    expect((await readKey(next, key.serial)).state).toBe('active')
  })
})

describe('the file of a holder', () => {
  it('keeps for the superior the history of a key that went back to stock, and the slips', async () => {
    const holder = await aHolder(deps, { uai: ecole })
    const key = await aHeldKey(deps, holder.id)
    await takeBack(ien, key.serial, { reason: 'Départ en retraite' })
    await changeKey(osp, key.serial, { transition: 'restock' })
    await expect(readKey(ien, key.serial)).rejects.toMatchObject({ code: 'not_found' })
    const file = await readHolder(ien, holder.id)
    expect(file.history.map(({ transition, serial }) => `${transition} ${serial}`).toSorted()).toEqual(
      ['activate', 'bind', 'hand_over', 'take_back'].map((name) => `${name} ${key.serial}`),
    )
    expect(file.history.find(({ transition }) => transition === 'take_back')).toMatchObject({
      reason: 'Départ en retraite',
      bordereau: { kindLabel: 'Restitution individuelle', signed: false },
    })
    expect(file).toMatchObject({
      key: null,
      superior: 'ien',
      manager: 'osp',
      place: expect.any(String) as string,
    })
    expect(file.bordereaux).toHaveLength(2)
  })

  it('tells between two states the acts that change none', async () => {
    const holder = await aHolder(deps, { uai: ecole })
    const key = await aHeldKey(deps, holder.id)
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      recordAct(tx, contextOf(deps), {
        act: 'pin_cleared',
        holderId: holder.id,
        keyId: key.id,
        reason: 'PIN oublié',
      }),
    )
    for (const { history } of [await readHolder(osp, holder.id), await readKey(osp, key.serial)]) {
      expect(history.find(({ transition }) => transition === 'pin_cleared')).toMatchObject({
        transitionLabel: 'Code PIN effacé',
        serial: key.serial,
        reason: 'PIN oublié',
      })
    }
  })

  it('says nothing of a former holder to the superior of the next', async () => {
    const far = await anEtablissement().inCirconscription('0991007Y').insert(db)
    const before = await aHolder(deps, { uai: far, displayName: 'Nom Tenu Secret' })
    const key = await aHeldKey(deps, before.id, { seed: new Uint8Array(20).fill(3) })
    await takeBack(as(deps, 'ien', 'circonscription', '0991007Y'), key.serial, {
      reason: 'Motif tenu secret',
    })
    await changeKey(osp, key.serial, { transition: 'restock' })
    await bindKey(osp, key.serial, (await aHolder(deps, { uai: ecole })).id)
    const seen = JSON.stringify(await readKey(ien, key.serial))
    expect(seen).not.toMatch(/secret/i)
    expect(JSON.stringify(await readKey(osp, key.serial))).toContain('Motif tenu secret')
  })
})

describe('listHolders', () => {
  it('finds by words of the name or the login, within the perimeter', async () => {
    const holder = await aHolder(deps, { uai: ecole, displayName: 'Zoé Rareté-Essai' })
    const key = await aHeldKey(deps, holder.id, { until: 'initialised' })
    const found = await listHolders(osp, { q: 'rarete zoe', ...PAGE })
    expect(found).toMatchObject({ total: 1, rows: [{ id: holder.id, key: { serial: key.serial } }] })
    const far = as(deps, 'osp', 'departement', '992')
    expect((await listHolders(far, PAGE)).total).toBe(0)
    expect((await listHolders(osp, { function: 'externe', q: 'zoe', ...PAGE })).total).toBe(0)
  })
})

describe('the rights of a person', () => {
  it('gives all that is kept, then forgets it under a pseudonym', async () => {
    const holder = await aHolder(deps, { uai: ecole, displayName: 'À Oublier', mail: 'oubli@exemple.fr' })
    const key = await aHeldKey(deps, holder.id)
    expect((await exportHolder(diaser, holder.id)).holder).toMatchObject({ mail: 'oubli@exemple.fr' })
    await expect(eraseHolder(diaser, holder.id)).rejects.toMatchObject({ code: 'conflict' })
    await takeBack(ien, key.serial, { reason: 'Départ de À Oublier' })
    await eraseHolder(diaser, holder.id)
    const left = JSON.stringify([await readKey(osp, key.serial), await rowOf(holder.id)])
    expect(left).not.toMatch(/Oublier|oubli@/)
    expect((await readHolder(diaser, holder.id)).history).toHaveLength(4)
    await expect(eraseHolder(osp, holder.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await listHolders(diaser, { q: 'oublier', ...PAGE })).total).toBe(0)
  })
})
