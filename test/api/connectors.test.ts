import type { Config } from '@vigie/api/context'
import type { Connector, Deliveries, ShownSecret, Trial } from '@vigie/api/features/connectors/schema.ts'
import { openSecrets } from '@vigie/api/features/connectors/connector-secrets.ts'
import { resealConnectorSecrets } from '@vigie/api/features/connectors/reseal-secrets.ts'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anExportedIncident } from '../support/exported-incident.ts'
import { aGlpiDouble, type GlpiDouble } from '../support/glpi-double.ts'
import { aWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

const WORKER = { role: 'vigie_worker' } as const
const USER_TOKEN = 'jeton-personnel-a-ne-jamais-relire'
const GLPI = {
  kind: 'glpi',
  url: 'https://glpi.exemple.fr',
  appToken: 'jeton-application-a-ne-jamais-relire',
  userToken: USER_TOKEN,
}

let db: Database
let api: Api
let production: Api
let diaser: Credentials
let elsewhere: Credentials
let names = 0

const configOf = (change: Partial<Config>): Config => ({ ...depsOn(db).config, ...change })
const aName = () => `Connecteur ${(names += 1)}`

async function create(json: Record<string, unknown>, as = diaser, on = api): Promise<ShownSecret> {
  const response = await on.request('/v1/connectors', {
    method: 'POST',
    as,
    json: { name: aName(), ...json },
  })
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as ShownSecret
}
const refusalOf = async (json: Record<string, unknown>, on = api) => {
  const response = await on.request('/v1/connectors', {
    method: 'POST',
    as: diaser,
    json: { name: aName(), ...json },
  })
  return { status: response.status, text: await response.text() }
}
const change = (id: string, json: unknown, as = diaser) =>
  api.request(`/v1/connectors/${id}`, { method: 'PATCH', as, json })
async function list(as = diaser): Promise<readonly Connector[]> {
  return ((await (await api.request('/v1/connectors', { as })).json()) as { rows: Connector[] }).rows
}
async function read(id: string): Promise<Connector> {
  const found = (await list()).find((row) => row.id === id)
  if (!found) throw new Error(`no connector ${id}`)
  return found
}
async function secretsOf(id: string, config = api.deps.config) {
  const [row] = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.connector).where(eq(schema.connector.id, id)),
  )
  if (!row) throw new Error(`no connector ${id}`)
  return openSecrets(config, id, row)
}

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { config: configOf({ demonstration: true, publicUrl: 'https://vigie.exemple.fr' }) })
  production = anApi(db)
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  elsewhere = await api.signIn('diaser', { kind: 'academie', code: '97' })
})
afterAll(() => db.close())

describe('a connector', () => {
  it('is created by who runs the key stock of the académie, and by nobody else', async () => {
    const { id } = await create({ ...GLPI, name: 'Tickets du rectorat', severity: 'critical', entity: 3 })
    expect(await read(id)).toMatchObject({
      academie: '98',
      kind: 'glpi',
      kindLabel: 'GLPI',
      name: 'Tickets du rectorat',
      url: 'https://glpi.exemple.fr/apirest.php',
      severity: 'critical',
      severityLabel: 'Critique',
      enabled: true,
      glpi: { entity: 3, category: null, resolveWithTicket: false, solveTicket: false },
      deliveries: { waiting: 0, givenUp: 0, lastSentAt: null, lastError: null },
      openTickets: 0,
      createdBy: 'Compte des essais',
    })
    const rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
    expect((await api.request('/v1/connectors', { as: rssi })).status).toBe(403)
  })

  it('does not exist for another académie', async () => {
    const { id } = await create(GLPI)
    expect((await list(elsewhere)).map((row) => row.id)).not.toContain(id)
    expect((await change(id, { name: 'Pris' }, elsewhere)).status).toBe(404)
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/trial'],
      ['GET', '/deliveries'],
    ] as const) {
      const response = await api.request(`/v1/connectors/${id}${path}`, { method, as: elsewhere })
      expect(response.status, `${method} ${path}`).toBe(404)
    }
    const abroad = await api.request('/v1/connectors', {
      method: 'POST',
      as: diaser,
      json: { ...GLPI, name: aName(), academie: '97' },
    })
    expect(abroad.status).toBe(404)
  })

  it('never gives its secrets back, nor the application’s role', async () => {
    const glpi = await create(GLPI)
    const webhook = await create({ kind: 'webhook', url: 'https://tickets.exemple.fr/' })
    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(glpi.secret).toBeNull()
    const shown = await (await api.request('/v1/connectors', { as: diaser })).text()
    for (const secret of [USER_TOKEN, GLPI.appToken, webhook.secret!, webhook.secret!.slice(6)]) {
      expect(shown).not.toContain(secret)
    }
    const identity = { role: 'vigie_app', perimeters: [{ kind: 'academie', code: '98' }] } as const
    await expect(db.transact(identity, (tx) => tx.select().from(schema.connector))).rejects.toMatchObject({
      cause: { code: '42501' },
    })
    const { action, details } = schema.journalEntry
    const journal = await db.asOwner((tx) => tx.select({ action, details }).from(schema.journalEntry))
    expect(JSON.stringify(journal)).not.toContain(USER_TOKEN)
    expect(journal.map((entry) => entry.action)).toContain('connector.created')
  })

  it('seals its secrets for its own row', async () => {
    const one = await create(GLPI)
    const other = await create(GLPI)
    expect(await secretsOf(one.id)).toEqual({
      kind: 'glpi',
      appToken: GLPI.appToken,
      userToken: USER_TOKEN,
    })
    const { connector } = schema
    await db.asOwner(async (tx) => {
      const [row] = await tx.select().from(connector).where(eq(connector.id, one.id))
      await tx.update(connector).set({ secretSealed: row!.secretSealed }).where(eq(connector.id, other.id))
    })
    await expect(secretsOf(other.id)).rejects.toThrow()
    await api.request(`/v1/connectors/${other.id}`, { method: 'DELETE', as: diaser })
  })

  it('follows a new master key', async () => {
    const { id, secret } = await create({ kind: 'webhook', url: 'https://tickets.exemple.fr/' })
    const rotated = configOf({
      masterKey: new Uint8Array(32).fill(9),
      formerMasterKeys: [api.deps.config.masterKey],
    })
    const ctx = contextOf({ ...api.deps, config: rotated })
    expect(await resealConnectorSecrets(ctx)).toBeGreaterThan(0)
    expect(await resealConnectorSecrets(ctx)).toBe(0)
    const alone = configOf({ masterKey: new Uint8Array(32).fill(9) })
    expect(await secretsOf(id, alone)).toEqual({ kind: 'webhook', signingKey: secret })
    const back = configOf({ formerMasterKeys: [rotated.masterKey] })
    await resealConnectorSecrets(contextOf({ ...api.deps, config: back }))
    expect(await secretsOf(id)).toEqual({ kind: 'webhook', signingKey: secret })
  })

  it('takes another name than those of the académie', async () => {
    const { id } = await create({ ...GLPI, name: 'Unique' })
    const again = await refusalOf({ ...GLPI, name: 'Unique' })
    expect(again.status).toBe(409)
    await create({ ...GLPI, name: 'Unique' }, elsewhere)
    const other = await create(GLPI)
    expect((await change(other.id, { name: 'Unique' })).status).toBe(409)
    expect((await change(id, { name: 'Unique' })).status).toBe(200)
    await api.request(`/v1/connectors/${id}`, { method: 'DELETE', as: diaser })
    await create({ ...GLPI, name: 'Unique' })
  })
})

describe('the address of a connector', () => {
  it('is http or https, without credentials', async () => {
    for (const url of [
      'ftp://glpi.exemple.fr',
      'glpi.exemple.fr',
      'https://jean:secret@glpi.exemple.fr',
      'javascript:alert(1)',
      '',
    ]) {
      const { status, text } = await refusalOf({ ...GLPI, url })
      expect(status, url).toBe(422)
      expect(text, url).toContain('/url')
      expect(text).not.toContain('secret@')
    }
    expect((await refusalOf({ ...GLPI, url: 'https://glpi.exemple.fr/?jeton=1' })).status).toBe(422)
  })

  it('is https, unless it stays on this machine or a person accepts http', async () => {
    expect((await refusalOf({ ...GLPI, url: 'http://glpi.exemple.fr' })).text).toContain('allowHttp')
    await create({ ...GLPI, url: 'http://glpi.exemple.fr', allowHttp: true })
    await create({ ...GLPI, url: 'http://127.0.0.1:8080/glpi/' })
  })

  it('leads neither to the server itself nor to reserved networks in production, however it is written', async () => {
    for (const host of [
      '127.0.0.1',
      '127.1',
      '0x7f000001',
      '2130706433',
      'localhost',
      'vigie.localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      '169.254.169.254',
      '[fe80::1]',
      '[fd00:ec2::254]',
      '100.100.100.200',
      '224.0.0.1',
      '255.255.255.255',
    ]) {
      const { status } = await refusalOf({ ...GLPI, url: `https://${host}/` }, production)
      expect(status, host).toBe(422)
    }
    for (const host of ['10.0.0.5', '192.168.1.2', '[fd12::1]', 'glpi.exemple.fr']) {
      await create({ ...GLPI, url: `https://${host}/` }, diaser, production)
    }
  })

  it('is refused when its name leads to the server itself, at the moment of the exchange', async () => {
    const { id } = await create({ ...GLPI, url: 'https://glpi.exemple.fr' })
    await db.asOwner((tx) =>
      tx
        .update(schema.connector)
        .set({ url: 'http://localhost:9/apirest.php' })
        .where(eq(schema.connector.id, id)),
    )
    const response = await production.request(`/v1/connectors/${id}/trial`, { method: 'POST', as: diaser })
    expect((await response.json()) as Trial).toMatchObject({
      outcome: 'unreachable',
      detail: expect.stringContaining('réseau réservé') as string,
    })
  })

  it('does not take a token of GLPI to another server without its being given again', async () => {
    const { id } = await create(GLPI)
    const moved = { url: 'https://autre.exemple.fr' }
    expect((await change(id, moved)).status).toBe(422)
    expect((await change(id, { ...moved, userToken: 'un-autre-jeton-personnel' })).status).toBe(200)
    expect((await change(id, { url: 'https://autre.exemple.fr/glpi' })).status).toBe(200)
    expect((await read(id)).url).toBe('https://autre.exemple.fr/glpi/apirest.php')
  })
})

describe('changing a connector', () => {
  it('changes what is given and nothing else', async () => {
    const { id } = await create({ ...GLPI, entity: 3, category: 4 })
    await change(id, { category: null, resolveWithTicket: true, userToken: 'un-autre-jeton-personnel' })
    expect(await read(id)).toMatchObject({
      glpi: { entity: 3, category: null, resolveWithTicket: true, solveTicket: false },
    })
    expect(await secretsOf(id)).toEqual({
      kind: 'glpi',
      appToken: GLPI.appToken,
      userToken: 'un-autre-jeton-personnel',
    })
    await change(id, { appToken: null })
    expect(await secretsOf(id)).toMatchObject({ appToken: null })
  })

  it('refuses a setting that the other kind has', async () => {
    const glpi = await create(GLPI)
    const webhook = await create({ kind: 'webhook', url: 'https://tickets.exemple.fr/' })
    expect((await change(glpi.id, { renewSecret: true })).status).toBe(422)
    expect((await change(webhook.id, { userToken: 'un-autre-jeton' })).status).toBe(422)
  })

  it('renews the key of a webhook, shown this once', async () => {
    const { id, secret } = await create({ kind: 'webhook', url: 'https://tickets.exemple.fr/' })
    const renewed = (await (await change(id, { renewSecret: true })).json()) as ShownSecret
    expect(renewed.secret).toMatch(/^whsec_/)
    expect(renewed.secret).not.toBe(secret)
    const unchanged = (await (await change(id, { severity: 'info' })).json()) as ShownSecret
    expect(unchanged.secret).toBeNull()
    expect(await secretsOf(id)).toEqual({ kind: 'webhook', signingKey: renewed.secret })
  })

  it('suspends and resumes', async () => {
    const { id } = await create(GLPI)
    await change(id, { enabled: false })
    expect(await read(id)).toMatchObject({ enabled: false, disabledAt: expect.any(String) as string })
    await change(id, { enabled: true })
    expect(await read(id)).toMatchObject({ enabled: true, disabledAt: null })
  })

  it('erases the secrets of one that is removed, and gives up what waited', async () => {
    const { id } = await create({ ...GLPI, severity: 'info' })
    const incident = await anExportedIncident(contextOf(api.deps))
    await incident.happens('opened')
    expect((await api.request(`/v1/connectors/${id}`, { method: 'DELETE', as: diaser })).status).toBe(204)
    expect((await list()).map((row) => row.id)).not.toContain(id)
    await expect(secretsOf(id)).rejects.toThrow()
    const mine = (await incident.deliveries()).filter((row) => row.connectorId === id)
    expect(mine).toMatchObject([{ state: 'given_up', lastError: 'Le connecteur a été retiré.' }])
    expect((await change(id, { enabled: true })).status).toBe(404)
  })
})

describe('the trial of a connector', () => {
  let receiver: WebhookReceiver
  let glpi: GlpiDouble
  const trial = async (id: string) => {
    const response = await api.request(`/v1/connectors/${id}/trial`, { method: 'POST', as: diaser })
    expect(response.status).toBe(200)
    return (await response.json()) as Trial
  }

  beforeEach(async () => {
    receiver = await aWebhookReceiver()
    glpi = await aGlpiDouble()
    return async () => {
      await receiver.close()
      await glpi.close()
    }
  })
  const aGlpi = (change: Record<string, unknown> = {}) =>
    create({ kind: 'glpi', url: glpi.url, appToken: glpi.appToken, userToken: glpi.userToken, ...change })

  it('sends a webhook a signed message that is no incident', async () => {
    const { id } = await create({ kind: 'webhook', url: receiver.url })
    expect(await trial(id)).toMatchObject({
      outcome: 'accepted',
      detail: 'Le message d’essai est arrivé : HTTP 204.',
      steps: [{ done: true }],
    })
    expect(receiver.messages).toMatchObject([
      { path: '/vigie', json: { event: 'trial', schema: 'vigie.incident/1', incident: null } },
    ])
  })

  it('says what a webhook answered', async () => {
    const { id } = await create({ kind: 'webhook', url: receiver.url })
    receiver.answer(401)
    expect(await trial(id)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('HTTP 401') as string,
    })
    await receiver.goDown()
    expect(await trial(id)).toMatchObject({
      outcome: 'unreachable',
      detail: expect.stringContaining('connexion refusée') as string,
    })
  })

  it('goes through a connection, rights and a reading of GLPI, without a ticket', async () => {
    const { id } = await aGlpi()
    expect(await trial(id)).toMatchObject({
      outcome: 'accepted',
      detail: expect.stringContaining('Aucun ticket n’a été créé') as string,
      steps: [{ done: true }, { done: true }],
    })
    expect(glpi.tickets).toEqual([])
    expect(glpi.openSessions).toBe(0)
    glpi.allowCreation(false)
    expect(await trial(id)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('droit de créer') as string,
    })
  })

  it('names the token that GLPI refuses', async () => {
    const user = await aGlpi({ userToken: 'un-jeton-personnel-faux' })
    expect(await trial(user.id)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('ERROR_GLPI_LOGIN_USER_TOKEN') as string,
      steps: [{ done: false }],
    })
    const app = await aGlpi({ appToken: 'un-jeton-application-faux' })
    expect((await trial(app.id)).detail).toContain('ERROR_WRONG_APP_TOKEN_PARAMETER')
    const none = await aGlpi({ appToken: null })
    expect((await trial(none.id)).detail).toContain('ERROR_APP_TOKEN_PARAMETERS_MISSING')
  })

  it('says when what answers is no GLPI', async () => {
    const { id } = await aGlpi()
    glpi.replaceAnswers({ status: 200, body: '<html>Accueil</html>' })
    expect(await trial(id)).toMatchObject({
      outcome: 'unreachable',
      detail: expect.stringContaining('ne répond pas comme l’API REST de GLPI') as string,
    })
  })
})

describe('the deliveries of a connector', () => {
  it('are listed newest first, by state', async () => {
    const { id } = await create({ ...GLPI, severity: 'info' })
    const incident = await anExportedIncident(contextOf(api.deps))
    await incident.happens('opened')
    await incident.happens('commented', { comment: 'Vu avec le fournisseur.' })
    const page = async (query: string) =>
      (await (
        await api.request(`/v1/connectors/${id}/deliveries${query}`, { as: diaser })
      ).json()) as Deliveries
    expect(await page('')).toMatchObject({
      total: 2,
      rows: [
        { event: 'incident.commented', eventLabel: 'Commentaire', stateLabel: 'En attente', attempts: 0 },
        { event: 'incident.opened', incident: { id: incident.id, number: incident.number } },
      ],
    })
    expect((await page('?state=sent')).total).toBe(0)
    expect((await page('?page=2&pageSize=1')).rows).toHaveLength(1)
    expect((await read(id)).deliveries).toMatchObject({ waiting: 2, givenUp: 0 })
  })
})
