import { readFileSync } from 'node:fs'
import { type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport, ShipmentFile, Stock } from './schema.ts'

let db: Database
let api: Api
let diaser: Credentials
let osp: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  osp = await api.signIn('osp', { kind: 'departement', code: '991' })
})
afterAll(() => db.close())

const sample = (name: string) =>
  new File(
    [readFileSync(new URL(`../../../../collectors/fixtures/pskc/${name}.pskc.xml`, import.meta.url))],
    `${name}.xml`,
  )
function post(fields: Readonly<Record<string, string | File>>, as: Credentials = diaser) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ academie: '98', ...fields })) body.append(name, value)
  return api.request('/v1/keys/imports', { method: 'POST', body, as })
}
const read = async <T>(response: Response): Promise<T> => (await response.json()) as T

describe('the stock of keys over HTTP', () => {
  it('imports a file, sends a key, and hears that it arrived', async () => {
    const imported = await post({ file: sample('pbkdf2-sha1'), password: 'qwerty-demo', departement: '' })
    expect(imported.status).toBe(201)
    expect(await read<ImportReport>(imported)).toMatchObject({
      ...{ format: 'pskc', fileName: 'pbkdf2-sha1.xml', created: 3, refused: 0 },
      importedBy: 'Compte des essais',
    })
    const list = await api.request('/v1/keys/imports', { as: diaser })
    expect((await read<{ rows: ImportReport[] }>(list)).rows).toMatchObject([{ created: 3 }])
    const sent = await api.request('/v1/shipments', {
      ...{ method: 'POST', as: diaser },
      json: { departement: '991', serials: ['0000002'] },
    })
    expect(sent.status).toBe(201)
    const { id, items } = await read<ShipmentFile>(sent)
    expect(items).toEqual([{ serial: '0000002', model: null, expiresOn: null }])
    const received = await api.request(`/v1/shipments/${id}/reception`, { method: 'POST', as: osp })
    expect(await read<ShipmentFile>(received)).toMatchObject({ receivedBy: 'Compte des essais' })
    const stock = await read<Stock>(await api.request('/v1/stock', { as: osp }))
    expect(stock.departements).toMatchObject([{ code: '991', available: 1, inTransit: 0 }])
  })

  it('takes a password as it was typed, spaces included', async () => {
    const wrong = await post({ file: sample('pbkdf2-sha1'), password: ' qwerty-demo ' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('ne déchiffre pas')
  })

  it('refuses a form without file, with a bad pre-shared key, or too large', async () => {
    expect((await post({ file: 'pas un fichier' })).status).toBe(422)
    const badKey = await post({ file: sample('aes128cbc-psk'), preSharedKey: 'azerty' })
    expect(badKey.status).toBe(422)
    expect(await badKey.text()).toContain('/preSharedKey')
    const large = new File([new Uint8Array(34 * 1024 * 1024)], 'trop.csv')
    expect((await post({ file: large })).status).toBe(413)
  })

  it('takes a file of more than the common limit', async () => {
    const row = (index: number) => `GROS-${index};${'31'.repeat(20)};totp;6;30;${' '.repeat(400)}`
    const csv = [
      'serial,seed,type,digits,period,prix'.replaceAll(',', ';'),
      ...Array.from({ length: 3_000 }, (_, index) => row(index)),
    ]
    const response = await post({ file: new File([csv.join('\n')], 'gros.csv') })
    expect(await read<ImportReport>(response)).toMatchObject({ created: 3_000, refused: 0 })
  })

  it('never repeats a password, a key or a seed in an answer', async () => {
    const answers = await Promise.all([
      post({ file: sample('pbkdf2-sha1'), password: 'motdepasse-errone-917' }),
      post({ file: new File(['serial;seed\nA-1;313233\nA-2;zz-secret-zz\n'], 'a.csv') }),
      post({ file: sample('aes128cbc-psk-TAMPERED-mac'), preSharedKey: '12345678901234567890123456789012' }),
    ])
    const text = (await Promise.all(answers.map((answer) => answer.text()))).join('\n')
    expect(text).not.toMatch(/motdepasse-errone-917|zz-secret|12345678901234567890123456789012|313233/)
    expect(text).toContain('sceau (MAC) faux')
  })

  it('refuses an OSP the import and the shipment', async () => {
    expect((await post({ file: sample('plain') }, osp)).status).toBe(403)
    const sent = await api.request('/v1/shipments', {
      ...{ method: 'POST', as: osp },
      json: { departement: '991', count: 1 },
    })
    expect(sent.status).toBe(403)
  })

  it('asks either for a count or for serials', async () => {
    for (const json of [{ departement: '991' }, { departement: '991', count: 1, serials: ['A'] }]) {
      const response = await api.request('/v1/shipments', { method: 'POST', as: diaser, json })
      expect(response.status).toBe(422)
    }
  })
})
