import type { Context } from '@vigie/api/context'
import { ATTEMPT_MS } from '@vigie/api/features/connectors/claim-delivery.ts'
import { delayAfter } from '@vigie/api/features/connectors/conclude-delivery.ts'
import { FOLLOW_EVERY_MS, followDueTickets } from '@vigie/api/features/connectors/follow-due-tickets.ts'
import { sendDueDeliveries } from '@vigie/api/features/connectors/send-due-deliveries.ts'
import type { ShownSecret } from '@vigie/api/features/connectors/schema.ts'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anExportedIncident, type ExportedIncident } from '../support/exported-incident.ts'
import { aGlpiDouble, type GlpiDouble } from '../support/glpi-double.ts'

let db: Database
let api: Api
let ctx: Context
let glpi: GlpiDouble
let connector: ShownSecret
let diaser: Credentials
const clock = aClock()

const send = (timeoutMs = 5_000) => sendDueDeliveries(ctx, { timeoutMs })
const follow = () => {
  clock.advance(FOLLOW_EVERY_MS)
  return followDueTickets(ctx)
}
const patch = async (json: unknown) => {
  const path = `/v1/connectors/${connector.id}`
  const response = await api.request(path, { method: 'PATCH', as: diaser, json })
  expect(response.status).toBe(200)
}
async function aConnector(change: Record<string, unknown> = {}): Promise<ShownSecret> {
  const { url, appToken, userToken } = glpi
  const json = { kind: 'glpi', name: `GLPI ${ctx.random.uuid()}`, url, appToken, userToken, ...change }
  const response = await api.request('/v1/connectors', { method: 'POST', as: diaser, json })
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as ShownSecret
}
const remove = async (id: string) => api.request(`/v1/connectors/${id}`, { method: 'DELETE', as: diaser })
async function opened(values: Parameters<typeof anExportedIncident>[1] = {}): Promise<ExportedIncident> {
  const incident = await anExportedIncident(ctx, values)
  await incident.happens('opened')
  await send()
  return incident
}
const lastDelivery = async (incident: ExportedIncident) => (await incident.deliveries()).at(-1)!
const lastEvent = async (incident: ExportedIncident) => (await incident.events()).at(-1)!

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock, config: { ...depsOn(db).config, demonstration: true } })
  ctx = contextOf(api.deps)
})
afterAll(() => db.close())
beforeEach(async () => {
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
  glpi = await aGlpiDouble()
  connector = await aConnector()
})
afterEach(async () => {
  await remove(connector.id)
  await glpi.close()
})

describe('an incident exported to GLPI', () => {
  it('becomes one ticket, that the incident names', async () => {
    const incident = await opened()
    expect(glpi.tickets).toHaveLength(1)
    const [ticket] = glpi.tickets
    expect(ticket).toMatchObject({ type: 1, urgency: 3, status: 1 })
    expect(ticket?.['name']).toBe(`[Vigie ${incident.number}] Impression impossible &#60;salle 12&#62;`)
    expect(ticket?.['content']).toContain(`réf. ${incident.id}`)
    expect(ticket?.['content']).not.toContain('<script')
    expect(await incident.tickets()).toMatchObject([
      {
        connectorId: connector.id,
        externalId: '1',
        url: glpi.url.replace('/apirest.php', '/front/ticket.form.php?id=1'),
        status: 'Nouveau',
        closedAt: null,
      },
    ])
    expect(await lastEvent(incident)).toMatchObject({
      kind: 'ticket_created',
      details: { connectorId: connector.id, externalId: '1' },
    })
    expect(await lastDelivery(incident)).toMatchObject({ state: 'sent', attempts: 1, lastError: null })
    expect(glpi.openSessions).toBe(0)
  })

  it('is an incident or a request there, as urgent as here, where the connector says', async () => {
    await patch({ severity: 'info', entity: 7, category: 12 })
    await opened({ severity: 'critical' })
    await opened({ severity: 'info', origin: 'request' })
    expect(glpi.tickets).toMatchObject([
      { urgency: 5, type: 1, entities_id: 7, itilcategories_id: 12 },
      { urgency: 2, type: 2, entities_id: 7, itilcategories_id: 12 },
    ])
  })

  it('tells GLPI what happens next by follow-ups, as text', async () => {
    const incident = await opened()
    await incident.happens('acknowledged')
    await incident.happens('assigned')
    await incident.happens('commented', { comment: 'Pièce <b>commandée</b> & attendue' })
    await incident.happens('resolved', { comment: 'Imprimante remplacée.' })
    await send()
    const contents = glpi.followUps.map((row) => String(row['content']))
    expect(contents).toHaveLength(3)
    expect(contents[0]).toContain('Pris en compte')
    expect(contents[1]).toContain('&#38;lt;b&#38;gt;commandée&#38;lt;/b&#38;gt; &#38;amp; attendue')
    expect(contents[2]).toContain('Imprimante remplacée.')
    expect(glpi.followUps).toMatchObject([{ items_id: 1 }, { items_id: 1 }, { items_id: 1 }])
    expect(glpi.tickets).toHaveLength(1)
  })

  it('proposes a solution when the connector says so, once', async () => {
    await patch({ solveTicket: true })
    const incident = await opened()
    await incident.happens('resolved', { comment: 'Imprimante remplacée.' })
    glpi.loseAnswerTo('POST ITILSolution')
    await send()
    expect(await lastDelivery(incident)).toMatchObject({ state: 'waiting' })
    clock.advance(delayAfter(1))
    await send()
    expect(await lastDelivery(incident)).toMatchObject({ state: 'sent' })
    expect(glpi.solutions).toHaveLength(1)
    expect(glpi.followUps).toEqual([])
    expect(glpi.tickets).toMatchObject([{ status: 5 }])
  })

  it('opens its ticket again with the incident', async () => {
    const incident = await opened()
    glpi.setStatus(1, 6)
    await incident.happens('reopened', { comment: 'Toujours en panne.' })
    await send()
    expect(glpi.tickets).toMatchObject([{ status: 1 }])
    expect(String(glpi.followUps[0]?.['content'])).toContain('Toujours en panne.')
  })

  it('adds nothing to a ticket that is closed or gone, and says so', async () => {
    const incident = await opened()
    glpi.setStatus(1, 6)
    await incident.happens('commented', { comment: 'Trop tard.' })
    await send()
    expect(await lastDelivery(incident)).toMatchObject({
      state: 'sent',
      lastError: 'Le ticket 1 est clos dans GLPI : rien n’y a été ajouté.',
    })
    glpi.purge(1)
    await incident.happens('commented', { comment: 'Encore plus tard.' })
    await send()
    expect((await lastDelivery(incident)).lastError).toContain('n’existe plus')
    expect(glpi.tickets).toEqual([])
    expect(glpi.followUps).toEqual([])
  })
})

describe('never two tickets for one incident', () => {
  it('finds the ticket whose creation was not answered', async () => {
    glpi.loseAnswerTo('POST Ticket')
    const incident = await opened()
    expect(await lastDelivery(incident)).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(await incident.tickets()).toEqual([])
    clock.advance(delayAfter(1))
    await send()
    expect(glpi.tickets).toHaveLength(1)
    expect(await incident.tickets()).toMatchObject([{ externalId: '1' }])
  })

  it('finds it when the process dies between the creation and the note of it', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    const dying: Context = {
      ...ctx,
      db: {
        ...db,
        ensureMonths: async (...given) => {
          if (glpi.tickets.length > 0) throw new Error('killed')
          return db.ensureMonths(...given)
        },
      },
    }
    await expect(sendDueDeliveries(dying)).rejects.toThrow('killed')
    expect(glpi.tickets).toHaveLength(1)
    expect(await incident.tickets()).toEqual([])
    expect(await send()).toBe(0)
    clock.advance(ATTEMPT_MS)
    await send()
    expect(glpi.tickets).toHaveLength(1)
    expect(await incident.tickets()).toMatchObject([{ externalId: '1' }])
  })

  it('finds its own among the tickets of another Vigie and of people', async () => {
    const incident = await anExportedIncident(ctx)
    const taken = { 'Content-Type': 'application/json', 'App-Token': glpi.appToken }
    const session = await fetch(`${glpi.url}/initSession`, {
      headers: { ...taken, Authorization: `user_token ${glpi.userToken}` },
    })
    const { session_token } = (await session.json()) as { session_token: string }
    for (const name of [`[Vigie ${incident.number}] Autre`, `À propos de [Vigie ${incident.number}]`]) {
      await fetch(`${glpi.url}/Ticket`, {
        method: 'POST',
        headers: { ...taken, 'Session-Token': session_token },
        body: JSON.stringify({ input: { name, content: 'Un autre incident' } }),
      })
    }
    await incident.happens('opened')
    glpi.loseAnswerTo('POST Ticket')
    await send()
    clock.advance(delayAfter(1))
    await send()
    expect(glpi.tickets).toHaveLength(3)
    expect(await incident.tickets()).toMatchObject([{ externalId: '3' }])
  })

  it('adds a follow-up once, even when its answer was lost', async () => {
    const incident = await opened()
    await incident.happens('commented', { comment: 'Une fois.' })
    glpi.loseAnswerTo('POST ITILFollowup')
    await send()
    clock.advance(delayAfter(1))
    await send()
    expect(await lastDelivery(incident)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(glpi.followUps).toHaveLength(1)
  })

  it('makes the ticket with a later event when the opening was given up', async () => {
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    await db.asOwner((tx) =>
      tx
        .update(schema.connectorDelivery)
        .set({ state: 'given_up' })
        .where(eq(schema.connectorDelivery.incidentId, incident.id)),
    )
    await incident.happens('commented', { comment: 'Toujours là.' })
    await send()
    expect(glpi.tickets).toHaveLength(1)
    expect(glpi.followUps).toHaveLength(1)
  })
})

describe('when GLPI does not do as asked', () => {
  it('opens another session when its own expired in the middle of a run', async () => {
    const incident = await opened()
    await incident.happens('acknowledged')
    await incident.happens('commented', { comment: 'Après l’expiration.' })
    const before = glpi.requests.filter((asked) => asked === 'GET initSession').length
    const running = send()
    await expect.poll(() => glpi.followUps.length).toBeGreaterThan(0)
    glpi.expireSessions()
    await running
    clock.advance(delayAfter(1))
    await send()
    expect(glpi.followUps).toHaveLength(2)
    expect(await lastDelivery(incident)).toMatchObject({ state: 'sent' })
    expect(glpi.requests.filter((asked) => asked === 'GET initSession').length).toBeGreaterThan(before)
  })

  it('waits for one that is down, then tells everything in order', async () => {
    await glpi.goDown()
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    await incident.happens('acknowledged')
    await send()
    expect((await incident.deliveries())[0]).toMatchObject({
      state: 'waiting',
      attempts: 1,
      lastError: expect.stringContaining('connexion refusée') as string,
    })
    await glpi.goUp()
    clock.advance(delayAfter(1))
    await send()
    expect(glpi.tickets).toHaveLength(1)
    expect(glpi.followUps).toHaveLength(1)
    expect((await incident.deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  it('names the token that is refused, and starts again with the right one', async () => {
    await patch({ userToken: 'un-jeton-personnel-faux' })
    const first = await opened()
    const second = await opened()
    expect((await lastDelivery(first)).lastError).toBe(
      'GLPI refuse le jeton personnel (user_token) du compte (ERROR_GLPI_LOGIN_USER_TOKEN).',
    )
    const text = JSON.stringify([await first.deliveries(), await second.deliveries()])
    expect(text).not.toContain('un-jeton-personnel-faux')
    await patch({ userToken: glpi.userToken })
    clock.advance(delayAfter(1))
    await send()
    expect(glpi.tickets).toHaveLength(2)
  })

  it('does not wait for ever for an answer', async () => {
    glpi.delayAnswers(300)
    const incident = await anExportedIncident(ctx)
    await incident.happens('opened')
    await send(100)
    expect((await lastDelivery(incident)).lastError).toContain('n’a pas répondu')
    glpi.delayAnswers(0)
    clock.advance(delayAfter(1))
    await send()
    expect(glpi.tickets).toHaveLength(1)
  })

  it('follows no redirection, where the token would go with it', async () => {
    const elsewhere = await aGlpiDouble()
    glpi.replaceAnswers({ status: 301, headers: { Location: `${elsewhere.url}/initSession` }, body: '' })
    const incident = await opened()
    expect((await lastDelivery(incident)).lastError).toContain('renvoie vers une autre adresse')
    expect(elsewhere.requests).toEqual([])
    await elsewhere.close()
  })

  it('quotes its refusal, and goes on with the other incidents', async () => {
    glpi.allowCreation(false)
    const refused = await anExportedIncident(ctx)
    await refused.happens('opened')
    const next = await anExportedIncident(ctx)
    await next.happens('opened')
    expect(await send()).toBe(2)
    expect((await lastDelivery(refused)).lastError).toContain('ERROR_GLPI_ADD')
    glpi.allowCreation(true)
    clock.advance(delayAfter(1))
    await send()
    expect(glpi.tickets).toHaveLength(2)
  })
})

describe('following a ticket', () => {
  it('writes each change of status in the history of the incident, once', async () => {
    const incident = await opened()
    expect(await follow()).toBe(1)
    expect((await lastEvent(incident)).kind).toBe('ticket_created')
    glpi.setStatus(1, 2)
    await follow()
    await follow()
    expect((await incident.events()).filter(({ kind }) => kind === 'ticket_followed')).toMatchObject([
      { details: { externalId: '1', status: 'En cours (attribué)' } },
    ])
    expect(await incident.tickets()).toMatchObject([{ status: 'En cours (attribué)', closedAt: null }])
    expect((await incident.read()).state).toBe('open')
  })

  it('asks no more often than it says, and no longer once the ticket is closed', async () => {
    const incident = await opened()
    const before = glpi.requests.length
    expect(await followDueTickets(ctx)).toBe(0)
    expect(glpi.requests).toHaveLength(before)
    glpi.setStatus(1, 6)
    await follow()
    expect(await incident.tickets()).toMatchObject([{ status: 'Clos' }])
    expect((await incident.tickets())[0]?.closedAt).not.toBeNull()
    expect(await follow()).toBe(0)
    expect(glpi.openSessions).toBe(0)
  })

  it('leaves the incident to people unless the connector says otherwise', async () => {
    const incident = await opened()
    glpi.setStatus(1, 5)
    await follow()
    expect((await incident.read()).state).toBe('open')
    expect(await lastEvent(incident)).toMatchObject({ details: { status: 'Résolu' } })
  })

  it('resolves the incident with the ticket as the reason, and tells GLPI nothing back', async () => {
    await patch({ resolveWithTicket: true })
    const incident = await opened()
    glpi.setStatus(1, 5)
    await follow()
    expect(await incident.read()).toMatchObject({ state: 'resolved', resolvedBy: null })
    const resolved = (await incident.events()).find(({ kind }) => kind === 'resolved')
    expect(resolved?.comment).toContain('Le ticket 1 (GLPI ')
    expect(resolved?.comment).toContain('« Résolu »')
    expect(resolved?.details).toMatchObject({ connectorId: connector.id, externalId: '1' })
    expect(await lastEvent(incident)).toMatchObject({ kind: 'ticket_followed' })
    await incident.happens('resolved', { details: resolved!.details })
    expect(await send()).toBe(0)
  })

  it('does not resolve again an incident that a person reopened', async () => {
    await patch({ resolveWithTicket: true })
    const incident = await opened()
    glpi.setStatus(1, 5)
    await follow()
    await db.asOwner((tx) =>
      tx
        .update(schema.incident)
        .set({ state: 'open', resolvedAt: null })
        .where(eq(schema.incident.id, incident.id)),
    )
    glpi.setStatus(1, 6)
    await follow()
    expect((await incident.read()).state).toBe('open')
    expect(await incident.tickets()).toMatchObject([{ status: 'Clos' }])
  })

  it('leaves an incident that is already resolved as it is', async () => {
    await patch({ resolveWithTicket: true })
    const incident = await opened()
    await db.asOwner((tx) =>
      tx
        .update(schema.incident)
        .set({ state: 'resolved', resolvedAt: clock.now() })
        .where(eq(schema.incident.id, incident.id)),
    )
    glpi.setStatus(1, 5)
    await follow()
    expect((await incident.events()).filter(({ kind }) => kind === 'resolved')).toEqual([])
    expect(await lastEvent(incident)).toMatchObject({ details: { status: 'Résolu' } })
  })

  it('says that a ticket was deleted in GLPI', async () => {
    const incident = await opened()
    glpi.purge(1)
    await follow()
    expect(await incident.tickets()).toMatchObject([{ status: 'Supprimé' }])
    expect(await follow()).toBe(0)
  })

  it('asks again later when GLPI does not answer', async () => {
    const incident = await opened()
    glpi.setStatus(1, 2)
    await glpi.goDown()
    expect(await follow()).toBe(0)
    await glpi.goUp()
    expect(await followDueTickets(ctx)).toBe(1)
    expect(await incident.tickets()).toMatchObject([{ status: 'En cours (attribué)' }])
  })
})
