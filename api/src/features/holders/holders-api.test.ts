import type { Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HolderFile, HolderImportReport } from './schema.ts'

let db: Database
let api: Api
let diaser: Credentials
let osp: Credentials
let ecole: string
let college: string

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  ecole = await anEtablissement().inCirconscription('0991001A').insert(db)
  college = await anEtablissement().college().insert(db)
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  osp = await api.signIn('osp', { kind: 'departement', code: '991' })
}, 60_000)
afterAll(() => db.close())

const send = (path: string, as: Credentials, lines: readonly string[]) => {
  const form = new FormData()
  form.set('file', new File([lines.join('\n')], 'porteurs.csv'))
  return api.request(path, { method: 'POST', as, body: form })
}
const HEADER = 'identifiant;nom;prenom;fonction;uai;code_insee;mail;telephone'

describe('a file of holders', () => {
  it('registers each line by itself, and read again changes nothing', async () => {
    const lines = [
      HEADER,
      `A.Fichier;Fichier;Anne;directrice d’école;${ecole};;anne@exemple.fr;01 99 00 00 01`,
      `b.fichier;Fichier;Bilal;professeur;${college};;;`,
      ';;;mairie;;99001;;01 99 00 00 02',
      'c.fichier;Fichier;Chloé;directrice;0999999Z;;;',
      `d.fichier;Fichier;Dan;jardinier;${ecole};;;`,
      `a.fichier;Fichier;Anne;directeur;${ecole};;;`,
    ]
    const first = await send('/v1/holders/imports', diaser, lines)
    expect(first.status).toBe(200)
    const report = (await first.json()) as HolderImportReport
    expect(report).toMatchObject({ rows: 6, created: 3, updated: 0, unchanged: 0, refused: 3 })
    expect(report.refusals.map(({ line, field }) => [line, field])).toEqual([
      [5, 'uai'],
      [6, 'fonction'],
      [7, 'identifiant'],
    ])
    const again = await send('/v1/holders/imports', diaser, lines)
    expect(await again.json()).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
    const moved = await send('/v1/holders/imports', diaser, [
      HEADER,
      `a.fichier;Mariée;Anne;directeur;${ecole};;;`,
    ])
    expect(await moved.json()).toMatchObject({ created: 0, updated: 1 })
    const list = await api.request('/v1/holders?q=mariee', { as: osp })
    const { rows } = (await list.json()) as { rows: { id: string }[] }
    const file = await api.request(`/v1/holders/${rows[0]!.id}`, { as: osp })
    expect((await file.json()) as HolderFile).toMatchObject({
      displayName: 'Anne Mariée',
      login: 'a.fichier',
      mail: 'anne@exemple.fr',
      callBackNumber: '01 99 00 00 01',
    })
  })

  it('is refused to an OSP for those whom the division registers, line by line', async () => {
    const answer = await send('/v1/holders/imports', osp, [
      HEADER,
      `e.fichier;Fichier;Éva;professeur;${college};;;`,
      `f.fichier;Fichier;Fred;directeur;${ecole};;;`,
      `b.fichier;Fichier;Bilal;directeur;${ecole};;;`,
    ])
    const report = (await answer.json()) as HolderImportReport
    expect(report).toMatchObject({ created: 1, refused: 2 })
    expect(report.refusals.map(({ line }) => line)).toEqual([2, 4])
  })

  it('must be a table, and its sender someone who keeps keys', async () => {
    expect((await send('/v1/holders/imports', diaser, ['nom', 'x'])).status).toBe(422)
    const none = await api.request('/v1/holders/imports', { method: 'POST', as: diaser })
    expect(none.status).toBe(422)
    const ien = await api.signIn('ien', { kind: 'circonscription', code: '0991001A' })
    expect((await send('/v1/holders/imports', ien, [HEADER])).status).toBe(403)
  })
})

describe('the routes of a holder', () => {
  it('create, change, hand over what is kept and erase', async () => {
    const created = await api.request('/v1/holders', {
      method: 'POST',
      as: osp,
      json: { function: 'mairie', communeCode: '99001', orderNumber: 7, callBackNumber: '01 99 00 00 07' },
    })
    expect(created.status).toBe(201)
    expect(await created.json()).toMatchObject({ login: '99001-07' })
    const person = await api.request('/v1/holders', {
      method: 'POST',
      as: osp,
      json: { function: 'directeur_ecole', login: 'route.essai', displayName: 'Route Essai', uai: ecole },
    })
    const { id } = (await person.json()) as { id: string }
    const changed = await api.request(`/v1/holders/${id}`, {
      method: 'PATCH',
      as: osp,
      json: { callBackNumber: '01 99 00 00 08' },
    })
    expect(await changed.json()).toMatchObject({
      callBackNumber: '01 99 00 00 08',
      displayName: 'Route Essai',
    })
    const data = `/v1/holders/${id}/personal-data`
    expect((await api.request(data, { as: osp })).status).toBe(403)
    expect((await api.request(data, { as: diaser })).status).toBe(200)
    expect((await api.request(data, { method: 'DELETE', as: diaser })).status).toBe(204)
    const left = await api.request(`/v1/holders/${id}`, { as: diaser })
    expect(await left.json()).toMatchObject({
      displayName: 'Porteur effacé',
      callBackNumber: null,
      departed: true,
    })
  })
})
