import type { Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { aHeldKey, aHolder, aKey, codeOf } from '@vigie/test/support/key.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HandOver, KeyFile, KeyList } from './schema.ts'

const CIRCONSCRIPTION = '0991001A'
const clock = aClock()
let db: Database
let api: Api
let uai: string
let osp: Credentials
let ien: Credentials
let rssi: Credentials
let farOsp: Credentials
let farIen: Credentials

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  uai = await anEtablissement().inCirconscription(CIRCONSCRIPTION).insert(db)
  await anEtablissement().inDepartement('992').inCirconscription('0992001A').insert(db)
  await signIn()
}, 60_000)

/** Opens every session: they end while the clock is moved. */
async function signIn(): Promise<void> {
  osp = await api.signIn('osp', { kind: 'departement', code: '991' })
  ien = await api.signIn('ien', { kind: 'circonscription', code: CIRCONSCRIPTION })
  rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
  farOsp = await api.signIn('osp', { kind: 'departement', code: '992' })
  farIen = await api.signIn('ien', { kind: 'circonscription', code: '0992001A' })
}
afterAll(() => db.close())

const send = async <T>(path: string, as: Credentials, json?: unknown, method = 'POST') => {
  const response = await api.request(path, { method, as, ...(json === undefined ? {} : { json }) })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T, text }
}
const read = <T>(path: string, as: Credentials) => send<T>(path, as, undefined, 'GET')

describe('a hand-over, step by step', () => {
  it('is left and taken up at every step, and ends with an active key whose file tells it all', async () => {
    const holder = await aHolder(api.deps, { uai, displayName: 'Camille Dupré-Essai' })
    const key = await aKey(api.deps)
    const at = `/v1/keys/${key.serial}`
    expect((await send(`${at}/bindings`, osp, { holderId: holder.id })).status).toBe(201)
    const next = async () => (await read<HandOver>(`${at}/hand-over`, ien)).body.next
    expect(await next()).toBe('identity')
    clock.advance(60_000)
    const opened = await send<{ bordereauId: string; number: string }>(`${at}/hand-over`, ien, {
      identityChecked: true,
    })
    expect(opened).toMatchObject({
      status: 201,
      body: { number: expect.stringMatching(/^RD-991-/) as string },
    })
    expect(await next()).toBe('pin')
    expect((await send(`${at}/hand-over/pin`, ien, { pin: '1234' })).status).toBe(422)
    expect((await send(`${at}/hand-over/pin`, ien, { pin: '4071' })).status).toBe(204)
    expect(await next()).toBe('code')
    const wrong = await send(`${at}/hand-over/activation`, ien, { pin: '4071', code: '000000' })
    expect(wrong.status).toBe(422)
    expect((await read<HandOver>(`${at}/hand-over`, ien)).body.attemptsLeft).toBe(9)
    clock.advance(60_000)
    const code = codeOf(api.deps, key, 1)
    const active = await send<KeyFile>(`${at}/hand-over/activation`, ien, { pin: '4071', code })
    expect(active).toMatchObject({ status: 200, body: { state: 'active', credential: { failCount: 0 } } })
    expect((await read<HandOver>(`${at}/hand-over`, ien)).body).toMatchObject({
      next: null,
      bordereau: { id: opened.body.bordereauId, signed: false },
    })
    const file = (await read<KeyFile>(at, osp)).body
    expect(file.history.map(({ transition }) => transition)).toEqual(['activate', 'hand_over', 'bind'])
    expect(file.history[1]).toMatchObject({
      holder: { displayName: 'Camille Dupré-Essai' },
      actor: { kind: 'account', label: 'Compte des essais' },
      bordereau: { number: opened.body.number },
    })
    expect(file.bordereaux).toHaveLength(1)
  })

  it('is undone at any step: the key is prepared again, the PIN is gone', async () => {
    const holder = await aHolder(api.deps, { uai })
    const key = await aHeldKey(api.deps, holder.id, { until: 'handed_over' })
    const at = `/v1/keys/${key.serial}/hand-over`
    expect((await send(`${at}/pin`, ien, { pin: '4071' })).status).toBe(204)
    expect((await send(at, ien, {}, 'DELETE')).status).toBe(422)
    expect((await send(at, ien, { reason: 'Mauvaise personne' }, 'DELETE')).status).toBe(204)
    expect((await read<HandOver>(at, ien)).body).toMatchObject({ next: 'identity', state: 'initialised' })
    const file = (await read<KeyFile>(`/v1/keys/${key.serial}`, osp)).body
    expect(file.credential?.pinSet).toBe(false)
  })

  it('spends the budget of every path, pauses, then hears nothing until it is undone', async () => {
    const holder = await aHolder(api.deps, { uai })
    const key = await aHeldKey(api.deps, holder.id, { until: 'handed_over' })
    const at = `/v1/keys/${key.serial}/hand-over`
    await send(`${at}/pin`, ien, { pin: '4071' })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const { status } = await send(`${at}/activation`, ien, { pin: '4071', code: '000000' })
      statuses.push(status)
      if (status === 422 && attempt >= 4) {
        expect((await send(`${at}/activation`, ien, { pin: '4071', code: '000000' })).status).toBe(
          attempt < 9 ? 429 : 409,
        )
        clock.advance(600_000)
        await signIn()
      }
    }
    expect(statuses).toEqual([...Array<number>(10).fill(422), 409, 409])
    const right = codeOf(api.deps, key, 0)
    expect((await send(`${at}/activation`, ien, { pin: '4071', code: right })).status).toBe(409)
    await send(at, ien, { reason: 'Essais épuisés' }, 'DELETE')
    await send(at, ien, { identityChecked: true })
    await send(`${at}/pin`, ien, { pin: '4071' })
    expect((await send(`${at}/activation`, ien, { pin: '4071', code: right })).status).toBe(200)
  })

  it('finds again a key that was pressed too often in its drawer', async () => {
    const holder = await aHolder(api.deps, { uai })
    const key = await aHeldKey(api.deps, holder.id, { until: 'handed_over' })
    const at = `/v1/keys/${key.serial}/hand-over`
    await send(`${at}/pin`, ien, { pin: '4071' })
    const far = [60, 61, 62].map((n) => codeOf(api.deps, key, n))
    expect((await send(`${at}/activation`, ien, { pin: '4071', code: far[0] })).status).toBe(422)
    expect((await send(`${at}/resynchronisation`, ien, { codes: [far[0], far[2]] })).status).toBe(422)
    expect((await send(`${at}/resynchronisation`, ien, { codes: [far[0], far[1]] })).status).toBe(204)
    expect((await send(`${at}/activation`, ien, { pin: '4071', code: far[1] })).status).toBe(422)
    expect((await send(`${at}/activation`, ien, { pin: '4071', code: far[2] })).status).toBe(200)
  })

  it('belongs to the direct superior: neither the manager nor who only reads takes a step', async () => {
    const holder = await aHolder(api.deps, { uai })
    const key = await aHeldKey(api.deps, holder.id, { until: 'handed_over' })
    const at = `/v1/keys/${key.serial}/hand-over`
    const diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    for (const as of [osp, rssi, diaser]) {
      expect((await send(`${at}/pin`, as, { pin: '4071' })).status).toBe(403)
      expect((await send(`${at}/activation`, as, { pin: '4071', code: '755224' })).status).toBe(403)
      expect((await send(at, as, { reason: 'Sans en avoir le droit' }, 'DELETE')).status).toBe(403)
    }
    expect((await read<HandOver>(at, rssi)).body.mine).toBe(false)
  })
})

describe('a restitution', () => {
  it('comes with its slip, then with one summary for those sent back', async () => {
    const serials: string[] = []
    for (let n = 0; n < 2; n += 1) {
      const key = await aHeldKey(api.deps, (await aHolder(api.deps, { uai })).id)
      const back = await send<{ number: string }>(`/v1/keys/${key.serial}/restitution`, ien, {
        reason: 'Départ en retraite',
      })
      expect(back.body.number).toMatch(/^TD-991-/)
      serials.push(key.serial)
    }
    const summary = await send<{ number: string }>('/v1/keys/restitutions', ien, { serials })
    expect(summary).toMatchObject({
      status: 201,
      body: { number: expect.stringMatching(/^TR-991-/) as string },
    })
    const file = (await read<KeyFile>(`/v1/keys/${serials[0]}`, osp)).body
    expect(file.bordereaux.map(({ kind }) => kind).toSorted()).toEqual([
      'recapitulatif_restitution',
      'remise_directeur',
      'restitution_directeur',
    ])
    expect(file.allowed.map(({ transition }) => transition).toSorted()).toEqual(['restock', 'scrap'])
    const kept = await aHeldKey(api.deps, (await aHolder(api.deps, { uai })).id)
    expect((await send('/v1/keys/restitutions', ien, { serials: [kept.serial] })).status).toBe(409)
  })
})

describe('the list of keys', () => {
  it('searches by serial, name and login, counts by state and keeps to the perimeter', async () => {
    const holder = await aHolder(api.deps, { uai, displayName: 'Élodie Perrin-Essai' })
    const key = await aHeldKey(api.deps, holder.id, { until: 'initialised', serial: 'RECHERCHE01' })
    for (const q of ['%', '_________', 'élodie absente']) {
      expect((await read<KeyList>(`/v1/keys?${new URLSearchParams({ q })}`, osp)).body.total, q).toBe(0)
    }
    for (const q of ['recherche01', 'perrin elodie', holder.login]) {
      const { body } = await read<KeyList>(`/v1/keys?${new URLSearchParams({ q })}`, osp)
      expect(
        body.rows.map(({ serial }) => serial),
        q,
      ).toEqual([key.serial])
      expect(body.states.find(({ state }) => state === 'initialised')?.count).toBe(1)
    }
    expect((await read<KeyList>('/v1/keys?q=recherche01&state=active', osp)).body.total).toBe(0)
    expect((await read<KeyList>('/v1/keys?q=recherche01', farOsp)).body.total).toBe(0)
    const old = await aKey(api.deps, { expiresOn: '2027-01-10' })
    const ending = await read<KeyList>('/v1/keys?expiring=3', osp)
    expect(ending.body.rows.map(({ serial }) => serial)).toEqual([old.serial])
  })
})

describe('outside the perimeter', () => {
  it('a key does not exist, whatever is asked of it', async () => {
    const holder = await aHolder(api.deps, { uai })
    const key = await aHeldKey(api.deps, holder.id)
    const at = `/v1/keys/${key.serial}`
    for (const as of [farOsp, farIen]) {
      expect((await read(at, as)).status).toBe(404)
      expect((await read(`${at}/hand-over`, as)).status).toBe(404)
      expect((await send(`${at}/restitution`, as, {})).status).toBe(404)
      expect(
        (await send(`${at}/transitions`, as, { transition: 'report_lost', reason: 'Essai' })).status,
      ).toBe(404)
      expect((await read(`/v1/holders/${holder.id}`, as)).status).toBe(404)
    }
    expect((await send(`${at}/bindings`, farOsp, { holderId: holder.id })).status).toBe(404)
    expect((await send(`${at}/hand-over`, farIen, { identityChecked: true })).status).toBe(404)
    const stock = await aKey(api.deps, { departement: '992' })
    expect((await send(`/v1/keys/${stock.serial}/bindings`, farOsp, { holderId: holder.id })).status).toBe(
      404,
    )
  })

  it('nothing secret is ever shown', async () => {
    const holder = await aHolder(api.deps, { uai })
    const key = await aHeldKey(api.deps, holder.id)
    const shown = [
      (await read(`/v1/keys/${key.serial}`, osp)).text,
      (await read(`/v1/holders/${holder.id}`, osp)).text,
      (await read('/v1/keys', osp)).text,
    ].join()
    expect(shown).not.toMatch(/seed|mac|pepper|2580|3132333435|12345678901234567890/i)
  })
})
