import { schema, type Database } from '@vigie/db'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, eq, like } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { recordEvidenceOfMany } from '../../evidence/record-evidence.ts'
import { purgeIncidents } from '../life/purge-incidents.ts'
import { reportIncidentEvidence } from './report-incident-evidence.ts'

const WORKER = { role: 'vigie_worker' } as const
const NOW = '2026-11-16T09:00:00Z'
const clock = aClock(NOW)
let db: Database
let ctx: Context
beforeAll(async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db, { clock, random: { ...aRandom(), uuid: randomUUID } }))
})
afterAll(() => db.close())

const hoursAgo = (hours: number) => new Date(new Date(NOW).getTime() - hours * 3_600_000)

interface Lived {
  readonly origin?: 'alert' | 'request' | 'report'
  readonly severity?: 'critical' | 'warning' | 'info'
  readonly openedHoursAgo: number
  /** Null: it still runs. */
  readonly lastedHours: number | null
}
const live = (uai: string, ...lived: Lived[]) =>
  db.transact(WORKER, (tx) =>
    tx.insert(schema.incident).values(
      lived.map(({ origin = 'alert', severity = 'critical', openedHoursAgo, lastedHours }) => ({
        id: randomUUID(),
        ...{ origin, severity, academie: '98', departement: '991', uai },
        title: 'Incident des essais',
        description: '',
        state: lastedHours === null ? ('open' as const) : ('resolved' as const),
        party: 'collectivite' as const,
        openedAt: hoursAgo(openedHoursAgo),
        lastSeenAt: hoursAgo(openedHoursAgo),
        resolvedAt: lastedHours === null ? null : hoursAgo(openedHoursAgo - lastedHours),
      })),
    ),
  )
const evidenceOf = async (uai: string) => {
  const { evidenceCurrent: held } = schema
  const rows = await db.transact(WORKER, (tx) =>
    tx
      .select({ key: held.key, value: held.value })
      .from(held)
      .where(and(eq(held.uai, uai), like(held.key, 'incident.%'))),
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key.replace('incident.', ''), value]))
}

describe('evidence from the queue', () => {
  it('counts what was ended in the delay of its severity, and what runs beyond it', async () => {
    const uai = await anEtablissement().insert(db)
    await live(
      uai,
      { openedHoursAgo: 100, lastedHours: 24 },
      { openedHoursAgo: 100, lastedHours: 24.01 },
      { openedHoursAgo: 25, lastedHours: null },
      { openedHoursAgo: 23, lastedHours: null },
      { openedHoursAgo: 100, lastedHours: 72, severity: 'warning', origin: 'report' },
      { openedHoursAgo: 500, lastedHours: 240, severity: 'info' },
      { openedHoursAgo: 24 * 366, lastedHours: 1_000 },
      { openedHoursAgo: 300, lastedHours: 10, origin: 'request' },
      { openedHoursAgo: 300, lastedHours: null, origin: 'request' },
    )
    await reportIncidentEvidence(ctx)
    expect(await evidenceOf(uai)).toEqual({
      due_12m: 5,
      resolved_in_time_12m: 3,
      requests_due_12m: 2,
      requests_answered_12m: 1,
    })
  })

  it('says nothing of an establishment without incidents, nor of one whose delays still run', async () => {
    const quiet = await anEtablissement().insert(db)
    const running = await anEtablissement().insert(db)
    await live(running, { openedHoursAgo: 1, lastedHours: null })
    await reportIncidentEvidence(ctx)
    expect(await evidenceOf(quiet)).toEqual({})
    expect(await evidenceOf(running)).toEqual({})
  })

  it('counts none where alerts watch and none was due', async () => {
    const uai = await anEtablissement().insert(db)
    const alerting = { uai, key: 'supervision.alerting', value: true, observedAt: clock.now() } as const
    await db.transact(WORKER, (tx) =>
      recordEvidenceOfMany(tx, ctx, [alerting], { source: 'supervision.test', collector: 'essai' }),
    )
    await reportIncidentEvidence(ctx)
    expect(await evidenceOf(uai)).toEqual({ due_12m: 0, resolved_in_time_12m: 0 })
  })

  it('is written once, however often the job runs, and leaves no collector silent', async () => {
    const uai = await anEtablissement().insert(db)
    await live(uai, { openedHoursAgo: 30, lastedHours: 2 })
    await reportIncidentEvidence(ctx)
    await reportIncidentEvidence(ctx)
    const { evidence, collectorActivity } = schema
    const rows = await db.transact(WORKER, (tx) => tx.select().from(evidence).where(eq(evidence.uai, uai)))
    expect(rows).toHaveLength(2)
    clock.advance(400 * 86_400_000)
    await reportIncidentEvidence(ctx)
    const [activity] = await db.transact(WORKER, (tx) =>
      tx.select().from(collectorActivity).where(eq(collectorActivity.uai, uai)),
    )
    expect(activity?.lastSuccessAt).toEqual(clock.now())
    clock.set(NOW)
  })
})

describe('retention', () => {
  it('forgets what was resolved before the months set, with its history, and nothing that is open', async () => {
    const uai = await anEtablissement().insert(db)
    const month = 24 * 31
    await live(
      uai,
      { openedHoursAgo: 40 * month, lastedHours: 1 },
      { openedHoursAgo: 40 * month, lastedHours: 39 * month },
      { openedHoursAgo: 40 * month, lastedHours: null },
    )
    expect(await purgeIncidents(ctx)).toBe(1)
    expect(await purgeIncidents(ctx)).toBe(0)
    const left = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.incident).where(eq(schema.incident.uai, uai)),
    )
    expect(left).toHaveLength(2)
  })
})
