import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { depsOn } from '@vigie/test/support/deps.ts'

const NOW = '2026-11-16T09:00:00Z'
const clock = aClock(NOW)
let db: Database
let api: Api
let uai: string
let token: Credentials
let referent: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  token = await api.token('evidence:write', { kind: 'academie', code: '98' })
})
beforeEach(async () => {
  uai = await anEtablissement().college().insert(db)
  referent = await api.signIn('referent', { kind: 'etablissement', code: uai })
})
afterAll(() => db.close())

const at = (path: string) => `/v1/etablissements/${uai}/${path}`
const call = async (
  path: string,
  as: Credentials,
  json?: unknown,
  method = json === undefined ? 'GET' : 'POST',
) => {
  const response = await api.request(path, { as, method, ...(json === undefined ? {} : { json }) })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> }
}
const tried = (over: object = {}) => ({
  performedAt: '2026-11-14T10:00:00+01:00',
  performedBy: 'Référent numérique',
  restored: 'Dossier comptabilité, 214 fichiers comparés',
  result: 'success',
  ...over,
})
const age = async () => {
  const { evidenceCurrent: held } = schema
  const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select()
      .from(held)
      .where(and(eq(held.uai, uai), eq(held.key, 'backup.restore_test_age'))),
  )
  return rows[0]?.value ?? null
}

/** A machine with its key, registered. */
async function aMachine() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = publicKey.export({ type: 'spki', format: 'pem' })
  const { status, body } = await call(at('signing-keys'), referent, { label: 'Sauvegarde', publicKey: pem })
  expect(status).toBe(201)
  return { id: String(body['id']), privateKey, pem }
}
const textOf = (keyId: string, over: Record<string, string> = {}) => {
  const fields = {
    uai,
    key: keyId,
    at: '2026-11-15T02:00:00Z',
    by: 'Tâche de vérification',
    what: 'Dossier d’essai',
    result: 'success',
    ...over,
  }
  return `vigie restore-test 1\n${Object.entries(fields)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')}`
}
const signed = (payload: string, key: KeyObject) => ({
  payload,
  signature: sign(null, Buffer.from(payload, 'utf8'), key).toString('base64'),
})
const send = (json: unknown, as = token) => call('/v1/collect/restore-tests', as, json)

describe('a restore test that a person records', () => {
  it('is signed by Vigie, dates the evidence, and verifies', async () => {
    const { status, body } = await call(at('restore-tests'), referent, tried())
    expect(status).toBe(201)
    expect(await age()).toBe(2)
    const verified = await call(at(`restore-tests/${String(body['id'])}`), referent)
    expect(verified.body).toMatchObject({
      verdict: 'valid',
      test: { signedBy: 'vigie', performedAt: '2026-11-14T09:00:00.000Z' },
    })
    expect(verified.body['payload']).toBe(
      `vigie restore-test 1\nuai=${uai}\nkey=${String((verified.body['test'] as { keyId: string }).keyId)}\nat=2026-11-14T09:00:00Z\nby=Référent numérique\nwhat=Dossier comptabilité, 214 fichiers comparés\nresult=success\n`,
    )
  })

  it('counts only when it succeeded, and the newest success', async () => {
    await call(at('restore-tests'), referent, tried({ result: 'failure' }))
    await call(at('restore-tests'), referent, tried({ result: 'partial' }))
    expect(await age()).toBeNull()
    await call(at('restore-tests'), referent, tried({ performedAt: '2026-10-17T09:00:00Z' }))
    expect(await age()).toBe(30)
    const { body } = await call(at('restore-tests'), referent)
    expect(body).toMatchObject({ lastSuccessAt: '2026-10-17T09:00:00.000Z' })
    expect(body['rows']).toHaveLength(3)
  })

  it('is kept once, and refuses what is of tomorrow, of another age, or says nothing', async () => {
    await call(at('restore-tests'), referent, tried())
    expect((await call(at('restore-tests'), referent, tried())).status).toBe(409)
    for (const [over, pointer] of [
      [{ performedAt: '2026-11-17T09:00:00Z' }, '/performedAt'],
      [{ performedAt: '2025-01-17T09:00:00Z' }, '/performedAt'],
      [{ restored: ' ' }, '/restored'],
      [{ performedBy: 'a\nresult=success' }, '/performedBy'],
    ] as const) {
      const { status, body } = await call(at('restore-tests'), referent, tried(over))
      expect(status).toBe(422)
      expect(body['errors']).toMatchObject([{ pointer }])
    }
    const aqssi = await api.signIn('aqssi', { kind: 'academie', code: '98' })
    expect((await call(at('restore-tests'), aqssi, tried())).status).toBe(403)
  })

  it('is told altered when the database was', async () => {
    const { body } = await call(at('restore-tests'), referent, tried({ result: 'failure' }))
    const id = String(body['id'])
    await db.asOwner((tx) =>
      tx.execute(
        sql`update restore_test set payload = replace(payload, 'failure', 'success') where id = ${id}`,
      ),
    )
    expect((await call(at(`restore-tests/${id}`), referent)).body).toMatchObject({ verdict: 'altered' })
  })

  it('verifies under a former master key, and says when that key is gone', async () => {
    const { body } = await call(at('restore-tests'), referent, tried())
    const path = at(`restore-tests/${String(body['id'])}`)
    const { config } = depsOn(db)
    const renewed = { ...config, masterKey: new Uint8Array(32).fill(9) }
    const knowing = anApi(db, { clock, config: { ...renewed, formerMasterKeys: [config.masterKey] } })
    const verdictOf = async (asked: Api) =>
      (await (await asked.request(path, { as: referent })).json()) as unknown
    expect(await verdictOf(knowing)).toMatchObject({ verdict: 'valid' })
    expect(await verdictOf(anApi(db, { clock, config: renewed }))).toMatchObject({ verdict: 'unknown_key' })
  })
})

describe('a restore test that a machine signs', () => {
  it('counts when its key is known', async () => {
    const { id, privateKey } = await aMachine()
    const { status, body } = await send(signed(textOf(id), privateKey))
    expect(status).toBe(201)
    expect(await age()).toBeCloseTo(1.29, 2)
    const verified = await call(at(`restore-tests/${String(body['id'])}`), referent)
    expect(verified.body).toMatchObject({
      verdict: 'valid',
      test: { signedBy: 'machine', keyLabel: 'Sauvegarde' },
    })
  })

  it('is refused when the text was altered, replayed, or signed by another key', async () => {
    const { id, privateKey } = await aMachine()
    const good = signed(textOf(id), privateKey)
    const altered = await send({ ...good, payload: good.payload.replace('essai', 'paie') })
    expect(altered.body).toMatchObject({ status: 422, errors: [{ pointer: '/signature' }] })
    const other = generateKeyPairSync('ed25519').privateKey
    expect((await send(signed(textOf(id), other))).body).toMatchObject({
      errors: [{ pointer: '/signature' }],
    })
    expect((await send(good)).status).toBe(201)
    expect((await send(good)).status).toBe(409)
    expect(await age()).not.toBeNull()
  })

  it('is refused when its key is unknown, revoked, or another establishment’s', async () => {
    const { id, privateKey, pem } = await aMachine()
    expect((await send(signed(textOf(`${uai}:00000000000000000000`), privateKey))).status).toBe(422)
    const elsewhere = await anEtablissement().college().insert(db)
    expect((await send(signed(textOf(id, { uai: elsewhere }), privateKey))).status).toBe(422)
    expect((await call(`${at('signing-keys')}/${id}`, referent, undefined, 'DELETE')).status).toBe(204)
    const revoked = await send(signed(textOf(id), privateKey))
    expect(JSON.stringify(revoked.body)).toContain('révoquée')
    expect((await call(at('signing-keys'), referent, { label: 'Encore', publicKey: pem })).status).toBe(409)
    expect(await age()).toBeNull()
  })

  it('is not sent beyond the perimeter of its token', async () => {
    const { id, privateKey } = await aMachine()
    const elsewhere = await api.token('evidence:write', { kind: 'academie', code: '97' })
    expect((await send(signed(textOf(id), privateKey), elsewhere)).status).toBe(422)
  })
})

describe('the keys of machines', () => {
  it('are public Ed25519 keys and nothing else', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    const own = generateKeyPairSync('ed25519').privateKey
    for (const publicKey of [
      'bonjour',
      String(rsa.export({ type: 'spki', format: 'pem' })),
      String(own.export({ type: 'pkcs8', format: 'pem' })),
      Buffer.alloc(32).toString('base64'),
    ])
      expect((await call(at('signing-keys'), referent, { label: 'Machine', publicKey })).status).toBe(422)
  })

  it('are listed with Vigie’s own, and managed by those who may', async () => {
    const { id } = await aMachine()
    const head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
    const { body } = await call(at('signing-keys'), head)
    expect(body).toMatchObject({
      own: { id: expect.stringMatching(/^vigie:/) as string },
      rows: [{ id, revokedAt: null }],
    })
    expect((await call(at('signing-keys'), head, { label: 'x', publicKey: 'y' })).status).toBe(403)
  })
})
