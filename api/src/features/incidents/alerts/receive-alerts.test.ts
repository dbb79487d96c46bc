import { schema, type Database } from '@vigie/db'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { anAlert, pushAlerts } from '@vigie/test/support/incident.ts'
import { asc, eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { acknowledgeIncident } from '../life/acknowledge-incident.ts'
import { reopenIncident } from '../life/reopen-incident.ts'
import { resolveIncident } from '../life/resolve-incident.ts'
import { readIncident } from '../queue/read-incident.ts'

const WORKER = { role: 'vigie_worker' } as const
const MINUTE = 60_000
const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let ctx: Context
let uai: string
let minted = 0
/** A place of its own for each test: an alert nobody else has. */
let alertname: string

beforeAll(async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db, { clock, random: { ...aRandom(), uuid: randomUUID } }))
  uai = await anEtablissement().college().insert(db)
})
afterAll(() => db.close())
beforeEach(() => {
  clock.set('2026-11-16T09:00:00Z')
  alertname = `Alerte${++minted}`
})

const alert = (options: Parameters<typeof anAlert>[0] = {}) =>
  anAlert({
    ...options,
    fingerprint: `${alertname.toLowerCase()}-${options.fingerprint ?? '1'}`,
    labels: { alertname, uai, ...options.labels },
  })
const push = (...alerts: ReturnType<typeof anAlert>[]) => pushAlerts(ctx, alerts)
const incidents = () =>
  db.transact(WORKER, (tx) =>
    tx
      .select()
      .from(schema.incident)
      .where(eq(schema.incident.alertName, alertname))
      .orderBy(asc(schema.incident.number)),
  )
const kindsOf = async (id: string) => (await readIncident(ctx, id)).events.map(({ kind }) => kind)
const only = async () => {
  const found = await incidents()
  expect(found).toHaveLength(1)
  return found[0]!
}

describe('an alert that fires', () => {
  it('opens one incident at its establishment, with its words, its party and its runbook', async () => {
    await push(alert({ labels: { severity: 'critical', service: 'INF-SEC', requirement: 'INF-SEC-1' } }))
    const row = await only()
    expect(row).toMatchObject({
      origin: 'alert',
      state: 'open',
      severity: 'critical',
      title: 'Un service ne répond plus',
      academie: '98',
      departement: '991',
      uai,
      service: 'INF-SEC',
      requirement: 'INF-SEC-1',
      party: 'collectivite',
      occurrences: 1,
    })
    const detail = await readIncident(ctx, row.id)
    expect(detail.runbookUrl).toBe('https://vigie.exemple.fr/exploitation/alertes#etablissementservicedown')
    expect(detail.events.map(({ label }) => label)).toEqual([`Ouvert par l’alerte ${alertname}`])
    expect(detail.firingAlerts).toBe(1)
  })

  it('changes nothing when Alertmanager sends the same payload again', async () => {
    const payload = [alert(), alert({ fingerprint: '2' })]
    await push(...payload)
    const first = await only()
    clock.advance(5 * MINUTE)
    await push(...payload)
    const again = await only()
    expect(again).toEqual({ ...first, lastSeenAt: clock.now() })
    expect(again.occurrences).toBe(2)
    expect(await kindsOf(again.id)).toEqual(['opened'])
  })

  it('takes in other alerts of the same name and place, and the gravest severity', async () => {
    await push(alert())
    await push(alert({ fingerprint: '2', labels: { severity: 'critical' } }), alert({ fingerprint: '3' }))
    const row = await only()
    expect(row).toMatchObject({ occurrences: 3, severity: 'critical' })
    expect((await readIncident(ctx, row.id)).events.map(({ label }) => label)).toEqual([
      `Ouvert par l’alerte ${alertname}`,
      '2 nouvelles occurrences, gravité portée à critique',
    ])
  })

  it('is another incident at another place, or about another service', async () => {
    const other = await anEtablissement().insert(db)
    await push(
      alert(),
      alert({ fingerprint: '2', labels: { uai: other } }),
      alert({ fingerprint: '3', labels: { service: 'INF-SEC' } }),
      alert({ fingerprint: '4', labels: { uai: '', departement: '991' } }),
      alert({ fingerprint: '5', labels: { uai: '' } }),
    )
    const found = await incidents()
    expect(found).toHaveLength(5)
    expect(found.map((row) => [row.uai, row.departement]).sort()).toEqual(
      [
        [uai, '991'],
        [uai, '991'],
        [other, '991'],
        [null, '991'],
        [null, null],
      ].sort(),
    )
  })

  it('stays at the académie when the establishment is unknown or of another académie', async () => {
    const foreign = await anEtablissement().inAcademie('97').inDepartement('971').insert(db)
    await push(
      alert({ labels: { uai: foreign, departement: '971', requirement: 'INF-ZZZ-1', service: 'rien' } }),
      alert({ fingerprint: '2', labels: { uai: '0999999X' } }),
    )
    expect(await only()).toMatchObject({
      ...{ uai: null, departement: null, academie: '98', party: 'academie', occurrences: 2 },
      ...{ requirement: null, service: null, machineId: null },
    })
  })

  it('keeps no label that speaks of a person', async () => {
    await push(
      alert({
        labels: { login: 'p.nom', user_name: 'p.nom', contact: 'p.nom@exemple.fr', instance: 'srv-1:9100' },
        annotations: { summary: 'Compte p.nom@exemple.fr bloqué', runbook_url: 'javascript:alert(1)' },
      }),
    )
    const detail = await readIncident(ctx, (await only()).id)
    expect(JSON.stringify(detail)).not.toMatch(/p\.nom|javascript/)
    expect(detail.alerts[0]?.labels['instance']).toBe('srv-1:9100')
    expect(detail.runbookUrl).toBeNull()
  })
})

describe('an alert that ends', () => {
  it('resolves its incident once its last alert has ended', async () => {
    await push(alert(), alert({ fingerprint: '2' }))
    clock.advance(10 * MINUTE)
    await push(alert({ status: 'resolved' }))
    expect((await only()).state).toBe('open')
    await push(alert({ fingerprint: '2', status: 'resolved' }))
    const row = await only()
    expect(row).toMatchObject({ state: 'resolved', resolvedBy: null, resolvedAt: clock.now() })
    expect(await kindsOf(row.id)).toEqual(['opened', 'resolved'])
  })

  it('that is heard of before its beginning is not reopened by it', async () => {
    await push(alert({ status: 'resolved' }))
    expect((await only()).state).toBe('resolved')
    await push(alert())
    const row = await only()
    expect(row.state).toBe('resolved')
    expect(row.openedAt).toEqual(new Date('2026-11-16T08:59:00Z'))
    const untold = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.incidentEvent).where(eq(schema.incidentEvent.incidentId, row.id)),
    )
    expect(untold.every(({ toldAt }) => toldAt !== null)).toBe(true)
  })

  it('begins again within a quarter of an hour: the same incident is reopened, visibly', async () => {
    await push(alert())
    await push(alert({ status: 'resolved' }))
    clock.advance(15 * MINUTE)
    await push(alert({ startsAt: '2026-11-16T09:15:00Z' }))
    const row = await only()
    expect(row).toMatchObject({ state: 'open', resolvedAt: null, occurrences: 2 })
    expect(await kindsOf(row.id)).toEqual(['opened', 'resolved', 'reopened'])
  })

  it('begins again later: a new incident', async () => {
    await push(alert())
    await push(alert({ status: 'resolved' }))
    clock.advance(15 * MINUTE + 1)
    await push(alert({ startsAt: '2026-11-16T09:15:00Z' }))
    expect((await incidents()).map(({ state }) => state)).toEqual(['resolved', 'open'])
  })

  it('does not undo what a person resolved, and a new firing after that is a new incident', async () => {
    await push(alert())
    await resolveIncident(ctx, (await only()).id, { comment: 'Redémarré.' })
    await db.transact(WORKER, (tx) =>
      tx
        .update(schema.incident)
        .set({ resolvedAt: new Date('2026-11-16T08:00:00Z') })
        .where(eq(schema.incident.alertName, alertname)),
    )
    await push(alert())
    await push(alert({ status: 'resolved' }))
    expect((await only()).state).toBe('resolved')
    await push(alert({ startsAt: '2026-11-16T09:05:00Z' }))
    expect((await incidents()).map(({ state }) => state)).toEqual(['resolved', 'open'])
  })
})

describe('payloads side by side', () => {
  it('make one incident, however many and in whatever order', async () => {
    const payloads = Array.from({ length: 12 }, (_, index) => [
      alert({ fingerprint: String(index % 4) }),
      alert({ fingerprint: String(index % 3), startsAt: '2026-11-16T08:30:00Z' }),
    ])
    await Promise.all(payloads.map((payload) => push(...payload)))
    expect(await only()).toMatchObject({ state: 'open', occurrences: 7 })
  })

  it('follow while people act on the same incident: nobody waits for ever, and at most one is open', async () => {
    await push(alert())
    const { id } = await only()
    const comment = { comment: 'En même temps.' }
    const acts = Array.from({ length: 24 }, (_, index) => {
      if (index % 4 === 0) return push(alert({ fingerprint: String(index) }))
      if (index % 4 === 1) return acknowledgeIncident(ctx, id)
      if (index % 4 === 2) return resolveIncident(ctx, id, comment)
      return reopenIncident(ctx, id, comment)
    })
    const refusals = (await Promise.allSettled(acts)).flatMap((act) =>
      act.status === 'rejected' ? [act.reason as unknown] : [],
    )
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'conflict' })
    const open = (await incidents()).filter(({ state }) => state !== 'resolved')
    expect(open.length).toBeLessThanOrEqual(1)
  })

  it('of two académies do not meet', async () => {
    await Promise.all([pushAlerts(ctx, [alert()], '98'), pushAlerts(ctx, [alert()], '97')])
    expect((await incidents()).map((row) => [row.academie, row.uai])).toEqual(
      expect.arrayContaining([
        ['98', uai],
        ['97', null],
      ]),
    )
  })
})
