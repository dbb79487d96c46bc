import { createHmac } from 'node:crypto'
import type { Context } from '@vigie/api/context'
import { MAX_ATTEMPTS, delayAfter } from '@vigie/api/features/connectors/conclude-delivery.ts'
import { ATTEMPT_MS, claimDelivery, hasDueDelivery } from '@vigie/api/features/connectors/claim-delivery.ts'
import { sendDueDeliveries } from '@vigie/api/features/connectors/send-due-deliveries.ts'
import type { Connector, ShownSecret } from '@vigie/api/features/connectors/schema.ts'
import { tellIncidents } from '@vigie/api/features/incidents/telling/tell-incidents.ts'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { anExportedIncident, type ExportedIncident } from '../support/exported-incident.ts'
import { aWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

const HOUR_MS = 3_600_000
const WORKER = { role: 'vigie_worker' } as const

let db: Database
let api: Api
let ctx: Context
let diaser: Credentials
let receiver: WebhookReceiver
let connector: ShownSecret
let logged: string[]
const clock = aClock()

const send = (timeoutMs = 5_000) => sendDueDeliveries(ctx, { timeoutMs })
const told = () => receiver.messages.map(({ json }) => json.event)
async function aConnector(change: Record<string, unknown> = {}): Promise<ShownSecret> {
  const response = await api.request('/v1/connectors', {
    method: 'POST',
    as: diaser,
    json: { kind: 'webhook', name: `Essai ${ctx.random.uuid()}`, url: receiver.url, ...change },
  })
  return (await response.json()) as ShownSecret
}
const patch = (json: unknown) =>
  api.request(`/v1/connectors/${connector.id}`, { method: 'PATCH', as: diaser, json })
const retry = (deliveryId: string, as = diaser) =>
  api.request(`/v1/connectors/${connector.id}/deliveries/${deliveryId}/retry`, { method: 'POST', as })
async function only(incident: ExportedIncident) {
  const rows = await incident.deliveries()
  expect(rows).toHaveLength(1)
  return rows[0]!
}

beforeAll(async () => {
  db = await aDatabase()
  logged = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const config = { ...depsOn(db).config, demonstration: true, publicUrl: 'https://vigie.exemple.fr' }
  api = anApi(db, { clock, config, log })
  ctx = contextOf(api.deps)
})
afterAll(() => db.close())
beforeEach(async () => {
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  receiver = await aWebhookReceiver()
  connector = await aConnector()
})
afterEach(async () => {
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  await api.request(`/v1/connectors/${connector.id}`, { method: 'DELETE', as: diaser })
  await receiver.close()
})

describe('a message to a webhook', () => {
  it('tells the whole incident, where it is, and the way back to it', async () => {
    const uai = await anEtablissement().college().inAcademie('98').insert(db)
    const incident = await anExportedIncident(ctx, { uai, service: 'INF-PDT', requirement: 'INF-PDT-8' })
    await incident.happens('opened')
    await send()
    expect(receiver.messages).toHaveLength(1)
    const [message] = receiver.messages
    const delivery = await only(incident)
    expect(message?.json).toEqual({
      schema: 'vigie.incident/1',
      id: delivery.id,
      event: 'incident.opened',
      sequence: delivery.eventId,
      occurredAt: '2026-11-16T09:00:00.000Z',
      comment: null,
      incident: {
        id: incident.id,
        number: incident.number,
        url: `https://vigie.exemple.fr/incidents/${incident.id}`,
        origin: 'report',
        state: 'open',
        severity: 'warning',
        title: 'Impression impossible <salle 12>',
        description: 'L’imprimante ne répond plus.\nLe voyant est rouge & fixe.',
        place: {
          academie: '98',
          departement: '991',
          uai,
          name: 'Collège des Essais',
          commune: 'Villeneuve-les-Essais',
        },
        service: 'INF-PDT',
        requirement: 'INF-PDT-8',
        party: 'etablissement',
        openedAt: '2026-11-16T09:00:00.000Z',
        acknowledgedAt: null,
        resolvedAt: null,
      },
    })
  })

  it('is signed over its identifier, its time and its body, with the key shown once', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    await send()
    const [message] = receiver.messages
    const { headers, body } = message!
    expect(headers['webhook-id']).toBe((await only(incident)).id)
    expect(headers['webhook-timestamp']).toBe(String(clock.now().getTime() / 1_000))
    const key = Buffer.from(connector.secret!.replace('whsec_', ''), 'base64')
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const expected = createHmac('sha256', key).update(signed).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${expected}`)
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
  })

  it('goes to the connectors of the académie that want that severity, and once known whatever it becomes', async () => {
    const grave = await aConnector({ severity: 'critical' })
    const minor = await anExportedIncident(ctx, { severity: 'info' })
    await minor.happens('opened')
    expect(await minor.deliveries()).toEqual([])
    const elsewhere = await anExportedIncident(ctx, { academie: '97', severity: 'critical' })
    await elsewhere.happens('opened')
    expect(await elsewhere.deliveries()).toEqual([])
    const incident = await anExportedIncident(ctx, { severity: 'warning' })
    await incident.happens('opened')
    expect((await incident.deliveries()).map((row) => row.connectorId)).toEqual([connector.id])
    await db.asOwner((tx) => tx.update(schema.incident).set({ severity: 'info' }))
    await incident.happens('commented', { comment: 'Moins grave que prévu.' })
    expect(await incident.deliveries()).toHaveLength(2)
    await api.request(`/v1/connectors/${grave.id}`, { method: 'DELETE', as: diaser })
  })

  it('keeps to itself what concerns Vigie alone, and the echo of its own ticket', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('repeated')
    await incident.happens('ticket_created')
    await incident.happens('ticket_followed')
    await incident.happens('resolved', { details: { connectorId: connector.id } })
    expect(await incident.deliveries()).toEqual([])
    await incident.happens('linked')
    expect((await incident.deliveries()).map((row) => row.event)).toEqual(['incident.updated'])
  })
})

describe('sending to a webhook', () => {
  it('keeps the order of each incident, and lets no incident wait for another', async () => {
    const first = await anExportedIncident(ctx)
    const second = await anExportedIncident(ctx)
    await first.happens('opened')
    await first.happens('acknowledged')
    receiver.answer(422)
    await send()
    expect(told()).toEqual(['incident.opened'])
    await second.happens('opened')
    receiver.answer(204)
    await send()
    expect(told()).toEqual(['incident.opened', 'incident.opened'])
    clock.advance(delayAfter(1))
    await send()
    expect(told().slice(2)).toEqual(['incident.opened', 'incident.acknowledged'])
    expect(receiver.messages.map(({ json }) => json.sequence)[2]).toBeLessThan(
      receiver.messages[3]!.json.sequence,
    )
  })

  it('never tells an event before an earlier one that is still to be queued', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    await incident.happens('acknowledged')
    const [opened] = await incident.events()
    const { connectorDelivery, incidentEvent } = schema
    const mine = eq(incidentEvent.id, opened!.id)
    await db.asOwner(async (tx) => {
      await tx.update(incidentEvent).set({ toldAt: null }).where(mine)
      await tx.delete(connectorDelivery).where(eq(connectorDelivery.eventId, opened!.id))
    })
    expect(await hasDueDelivery(ctx)).toBe(false)
    expect(await send()).toBe(0)
    expect(await tellIncidents(ctx)).toBe(1)
    await send()
    expect(told()).toEqual(['incident.opened', 'incident.acknowledged'])
  })

  it('tries again after a growing delay with the same identifier, until the receiver is back', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    expect(await hasDueDelivery(ctx)).toBe(true)
    await receiver.goDown()
    await send()
    expect(await only(incident)).toMatchObject({ state: 'waiting', attempts: 1, sentAt: null })
    expect((await only(incident)).lastError).toContain('connexion refusée')
    expect(await hasDueDelivery(ctx)).toBe(false)
    await receiver.goUp()
    clock.advance(delayAfter(1) - 1)
    expect(await send()).toBe(0)
    clock.advance(1)
    receiver.loseNextAnswer()
    await send()
    expect(await only(incident)).toMatchObject({ state: 'waiting', attempts: 2 })
    clock.advance(delayAfter(2))
    await send()
    expect(await only(incident)).toMatchObject({ state: 'sent', attempts: 3, lastError: null })
    const identifiers = receiver.messages.map(({ headers }) => headers['webhook-id'])
    expect(identifiers).toHaveLength(2)
    expect(new Set(identifiers).size).toBe(1)
    expect(receiver.messages[0]?.headers['webhook-signature']).not.toBe(
      receiver.messages[1]?.headers['webhook-signature'],
    )
  })

  it('stops knocking in a run at the first sign that nobody is there', async () => {
    await receiver.goDown()
    const incidents = await Promise.all([1, 2, 3].map(() => anExportedIncident(ctx)))
    for (const incident of incidents) await incident.happens('opened')
    expect(await send()).toBe(1)
    await receiver.goUp()
    clock.advance(delayAfter(1))
    expect(await send()).toBe(3)
    expect(told()).toHaveLength(3)
  })

  it('shares the work between processes: each event once, in order', async () => {
    const incidents = await Promise.all(Array.from({ length: 6 }, () => anExportedIncident(ctx)))
    for (const kind of ['opened', 'acknowledged', 'resolved'] as const) {
      for (const incident of incidents) await incident.happens(kind)
    }
    const attempted = await Promise.all([send(), send(), send()])
    await send()
    expect(attempted.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(18)
    expect(receiver.messages).toHaveLength(18)
    for (const { id } of incidents) {
      const own = receiver.messages.filter(({ json }) => (json['incident'] as { id: string }).id === id)
      expect(own.map(({ json }) => json.event)).toEqual([
        'incident.opened',
        'incident.acknowledged',
        'incident.resolved',
      ])
    }
  })

  it('gives up a slow answer, and follows no redirection', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    receiver.delay(400)
    await send(100)
    expect((await only(incident)).lastError).toContain('n’a pas répondu en 1 s')
    receiver.delay(0)
    const other = await aWebhookReceiver()
    receiver.answer(302, { Location: other.url })
    clock.advance(delayAfter(1))
    await send()
    expect((await only(incident)).lastError).toContain('renvoie vers une autre adresse (HTTP 302)')
    expect(other.messages).toEqual([])
    await other.close()
  })

  it('reads no more of an answer than it needs', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    receiver.answer(200, {}, 'x'.repeat(2_000_000))
    await send()
    expect((await only(incident)).lastError).toContain('réponse trop longue')
  })

  it('is taken up by another process when one dies in the middle', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    const taken = await claimDelivery(ctx, connector.id)
    expect(taken?.attempts).toBe(1)
    expect(await send()).toBe(0)
    clock.advance(ATTEMPT_MS)
    expect(await send()).toBe(1)
    expect(await only(incident)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('gives up after three days and more, says so, and starts again when a person asks', async () => {
    const delays = Array.from({ length: MAX_ATTEMPTS }, (_, index) => delayAfter(index + 1))
    expect(delays.slice(0, 10).map((ms) => ms / 1_000)).toEqual([
      15, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600,
    ])
    const days = delays.slice(0, -1).reduce((sum, ms) => sum + ms, 0) / HOUR_MS / 24
    expect(days).toBeGreaterThan(3)
    expect(days).toBeLessThan(3.5)
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    await incident.happens('commented', { comment: 'Encore en panne.' })
    receiver.answer(400)
    for (const delay of delays) {
      await send()
      clock.advance(delay)
    }
    const [opened, commented] = await incident.deliveries()
    expect(opened).toMatchObject({ state: 'given_up', attempts: MAX_ATTEMPTS })
    receiver.answer(204)
    await send()
    expect(receiver.messages.at(-1)?.json.event).toBe('incident.commented')
    diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    expect((await retry(commented!.id)).status).toBe(409)
    const asked = await retry(opened!.id)
    expect(await asked.json()).toMatchObject({ state: 'waiting', stateLabel: 'En attente' })
    await send()
    expect((await incident.deliveries())[0]).toMatchObject({ state: 'sent', attempts: MAX_ATTEMPTS + 1 })
  })

  it('waits no longer when a person asks, unless an attempt is under way', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    receiver.answer(400)
    for (let attempts = 1; attempts <= 7; attempts++) {
      await send()
      clock.advance(delayAfter(attempts))
    }
    await send()
    receiver.answer(204)
    expect(await send()).toBe(0)
    await retry((await only(incident)).id)
    expect(await send()).toBe(1)
    expect(await only(incident)).toMatchObject({ state: 'sent' })
    const busy = await anExportedIncident(ctx)
    await busy.happens('opened')
    await claimDelivery(ctx, connector.id)
    await retry((await only(busy)).id)
    expect(await send()).toBe(0)
    clock.advance(ATTEMPT_MS)
    await send()
  })

  it('keeps everything while it is suspended', async () => {
    const incident = await anExportedIncident(ctx)
    await patch({ enabled: false })
    await incident.happens('opened')
    expect(await hasDueDelivery(ctx)).toBe(false)
    expect(await send()).toBe(0)
    await patch({ enabled: true })
    await send()
    expect(told()).toEqual(['incident.opened'])
  })

  it('shows what it waits for, and says nothing secret in its log', async () => {
    await patch({ url: `${receiver.url}?jeton=secret-de-l-adresse` })
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    receiver.answer(500, {}, 'secret-de-la-reponse')
    await send()
    const { rows } = (await (await api.request('/v1/connectors', { as: diaser })).json()) as {
      rows: Connector[]
    }
    expect(rows.find(({ id }) => id === connector.id)?.deliveries).toMatchObject({
      waiting: 1,
      lastError: expect.stringContaining('HTTP 500') as string,
    })
    const everything = logged.join('') + JSON.stringify(await incident.deliveries())
    expect(logged.join('')).toContain('delivery failed')
    for (const secret of ['secret-de-l-adresse', 'secret-de-la-reponse', connector.secret!.slice(6)]) {
      expect(everything).not.toContain(secret)
    }
  })

  it('says that its secrets no longer open, and sends once they are given again', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    const lost = { ...ctx, config: { ...ctx.config, masterKey: new Uint8Array(32).fill(99) } }
    await sendDueDeliveries(lost)
    expect((await only(incident)).lastError).toContain('remettez l’ancienne clé maîtresse')
    clock.advance(delayAfter(1))
    await send()
    expect((await only(incident)).state).toBe('sent')
  })
})

describe('queueing', () => {
  it('writes one delivery per event, however often it is told, and none when it is rolled back', async () => {
    const { queueDeliveries } = await import('@vigie/api/features/connectors/queue-deliveries.ts')
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    const [event] = await incident.events()
    const row = await incident.read()
    await db.transact(WORKER, (tx) => queueDeliveries(tx, ctx, event!, row))
    await only(incident)
    const rolledBack = db.transact(WORKER, async (tx) => {
      await queueDeliveries(tx, ctx, { ...event!, id: event!.id + 1_000_000 }, row)
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    await only(incident)
    await send()
  })
})
