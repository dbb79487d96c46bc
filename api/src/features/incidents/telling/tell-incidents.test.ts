import { schema, type Database } from '@vigie/db'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { anAlert, pushAlerts } from '@vigie/test/support/incident.ts'
import { asc, isNull, sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { changeIncident } from '../life/change-incident.ts'
import { resolveIncident } from '../life/resolve-incident.ts'
import { hasUntold, tellIncidents } from './tell-incidents.ts'

const WORKER = { role: 'vigie_worker' } as const
const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let ctx: Context
let uai: string

beforeEach(async () => {
  db = await aDatabase()
  const deps = depsOn(db, { clock, random: { ...aRandom(), uuid: randomUUID } })
  ctx = contextOf({ ...deps, config: { ...deps.config, publicUrl: 'https://vigie.exemple.fr' } })
  uai = await anEtablissement().college().insert(db)
})
afterEach(() => db.close())

type Recipient = typeof schema.incidentRecipient.$inferInsert
const tell = (...recipients: Partial<Recipient>[]) =>
  db.transact(WORKER, (tx) =>
    tx.insert(schema.incidentRecipient).values(
      recipients.map((recipient, index) => ({
        academie: '98',
        mail: `destinataire${index}@exemple.fr`,
        severity: 'info' as const,
        departement: null,
        createdAt: clock.now(),
        ...recipient,
      })),
    ),
  )
const fire = (...severities: string[]) =>
  pushAlerts(
    ctx,
    severities.map((severity, index) =>
      anAlert({ fingerprint: `f${index}`, labels: { alertname: `Alerte${index}`, severity, uai } }),
    ),
  )
const mails = () =>
  db.transact(WORKER, (tx) =>
    tx
      .select()
      .from(schema.mailMessage)
      .orderBy(asc(schema.mailMessage.recipients), asc(schema.mailMessage.purpose)),
  )
const incidents = () =>
  db.transact(WORKER, (tx) => tx.select().from(schema.incident).orderBy(asc(schema.incident.number)))

describe('telling of incidents', () => {
  it('sends one message per recipient for an avalanche, with a link to each incident', async () => {
    await tell({}, {})
    await fire(...Array.from({ length: 50 }, () => 'warning'))
    expect(await hasUntold(ctx)).toBe(true)
    await tellIncidents(ctx)
    const sent = await mails()
    expect(sent.map(({ recipients }) => recipients)).toEqual([
      ['destinataire0@exemple.fr'],
      ['destinataire1@exemple.fr'],
    ])
    const [first] = await incidents()
    expect(sent[0]?.subject).toBe('Vigie : 50 incidents, Académie de Valmont')
    expect(sent[0]?.body).toContain(`https://vigie.exemple.fr/incidents/${first!.id}`)
    expect(sent[0]?.body).toContain('… et 30 de plus')
    expect(await hasUntold(ctx)).toBe(false)
    await tellIncidents(ctx)
    expect(await mails()).toHaveLength(2)
  })

  it('keeps to the severity, the département and the académie of each', async () => {
    await tell(
      { mail: 'critique@exemple.fr', severity: 'critical' },
      { mail: 'ailleurs@exemple.fr', departement: '992' },
      { mail: 'ici@exemple.fr', departement: '991' },
      { mail: 'autre@exemple.fr', academie: '97' },
    )
    await fire('info', 'critical')
    await tellIncidents(ctx)
    const sent = await mails()
    expect(sent.map(({ recipients, subject }) => [recipients[0], subject])).toEqual([
      ['critique@exemple.fr', 'Vigie : incident nº 2 critique, Collège des Essais, Villeneuve-les-Essais'],
      ['ici@exemple.fr', 'Vigie : 2 incidents, Académie de Valmont'],
    ])
  })

  it('tells a resolution to who was told of the incident, and one that was never told not at all', async () => {
    await tell({})
    await fire('warning')
    await tellIncidents(ctx)
    await fire('warning', 'warning')
    const [told, fresh] = await incidents()
    for (const { id } of [told!, fresh!]) await resolveIncident(ctx, id, { comment: 'Redémarré par Mme X.' })
    await tellIncidents(ctx)
    const sent = await mails()
    expect(sent).toHaveLength(2)
    expect(sent[1]?.body).toMatch(/Nouveaux incidents \(1\)\n- nº 2, majeur \(résolu\)/)
    expect(sent[1]?.body).toContain('Incidents résolus (1)\n- nº 1')
    expect(sent[1]?.body).not.toContain('Mme X')
  })

  it('tells of an incident that has become grave enough', async () => {
    await tell({ severity: 'critical' })
    await fire('info')
    await tellIncidents(ctx)
    expect(await mails()).toEqual([])
    const [row] = await incidents()
    await changeIncident(ctx, row!.id, { severity: 'critical' })
    await tellIncidents(ctx)
    expect((await mails())[0]?.body).toContain('Incidents aggravés (1)')
  })

  it('names no user: the words of a request stay in Vigie', async () => {
    await tell({})
    await fire('warning')
    await db.transact(WORKER, (tx) =>
      tx.update(schema.incident).set({ origin: 'request', title: 'Mme Y a perdu ses fichiers' }),
    )
    await tellIncidents(ctx)
    const [mail] = await mails()
    expect(mail?.body).toContain('demande d’un utilisateur')
    expect(`${mail?.subject}${mail?.body}`).not.toContain('Mme Y')
  })

  it('neither loses nor repeats anything when it is cut, or runs twice at once', async () => {
    await tell({})
    await fire('warning', 'critical')
    const broken: Context = {
      ...ctx,
      random: {
        ...ctx.random,
        uuid: () => {
          throw new Error('cut')
        },
      },
    }
    await expect(tellIncidents(broken)).rejects.toThrow('cut')
    expect(await mails()).toEqual([])
    const told = await Promise.all([tellIncidents(ctx), tellIncidents(ctx), tellIncidents(ctx)])
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(2)
    expect((await mails()).map(({ body }) => body.match(/- nº \d+/g))).toEqual([['- nº 1', '- nº 2']])
    const untold = await db.transact(WORKER, (tx) =>
      tx
        .select({ count: sql<number>`count(*)::int` })
        .from(schema.incidentEvent)
        .where(isNull(schema.incidentEvent.toldAt)),
    )
    expect(untold[0]?.count).toBe(0)
  })
})
