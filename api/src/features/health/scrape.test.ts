import type { CollectorRun } from '@vigie/collectors'
import { schema, type Database } from '@vigie/db'
import { evaluateRequirement } from '@vigie/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api } from '../../../../test/support/api.ts'
import { aClock } from '../../../../test/support/clock.ts'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf, depsOn } from '../../../../test/support/deps.ts'
import { anEtablissement } from '../../../../test/support/etablissement.ts'
import { aKey } from '../../../../test/support/key.ts'
import { anOtpSubject } from '../../../../test/support/otp.ts'
import { aStatus, keepStatuses } from '../../../../test/support/statuses.ts'
import { proveJournal } from '../../journal/prove-journal.ts'
import { sealBatches } from '../../journal/seal-batches.ts'
import { recordCollection } from '../collection/record-collection.ts'
import { prepareEvidence, recordEvidence } from '../evidence/record-evidence.ts'
import { proveCode } from '../otp/prove.ts'
import { resynchronise } from '../otp/resynchronise.ts'
import { LATE_HOURS } from './readings/read-field.ts'
import { FRESH_MS } from './snapshot.ts'

const WORKER = { role: 'vigie_worker' } as const
const BEARER = { headers: { Authorization: 'Bearer metrics-token' } }
const clock = aClock('2026-11-16T09:00:00Z')
const ago = (ms: number) => new Date(clock.now().getTime() - ms)
const HOUR = 3_600_000
const DAY = 24 * HOUR

let db: Database
let api: Api
let college: string
let ecole: string
beforeAll(async () => {
  db = await aDatabase()
  const deps = depsOn(db, { clock })
  api = anApi(db, { ...deps, config: { ...deps.config, metricsEtablissements: true } })
  college = await anEtablissement().college().inDepartement('991').insert(db)
  ecole = await anEtablissement().inDepartement('991').insert(db)
  await anEtablissement().inDepartement('992').insert(db)
  await anEtablissement().inDepartement('992').with({ state: 'ferme' }).insert(db)
})
afterAll(() => db.close())

/** What a scrape says once the last snapshot is old. */
async function scrape(): Promise<Map<string, number>> {
  clock.advance(10 * FRESH_MS)
  const text = await (await api.request('/metrics', BEARER)).text()
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}
const valuesOf = async (name: string) =>
  Object.fromEntries([...(await scrape())].filter(([series]) => series.split('{')[0] === name))

const observe = async (uai: string, hours: number, observedAt: Date) => {
  const ctx = contextOf(api.deps)
  const observations = [{ key: 'backup.last_success_age', value: hours, observedAt }] as const
  await prepareEvidence(ctx, observations)
  await db.transact(WORKER, (tx) =>
    recordEvidence(tx, ctx, uai, observations, { source: 'sauvegarde', collector: 'essai' }),
  )
}

describe('conformity', () => {
  it('is the points of open establishments, in requirements, by level', async () => {
    await keepStatuses(db, { uai: college, degree: 'd2' }, [
      aStatus(college, 'MCO-SVG-1', 'compliant'),
      aStatus(college, 'MCO-SVG-2', 'partial'),
    ])
    const held = await scrape()
    const place = 'academie="98",departement="991"'
    expect(held.get(`carine_points{${place},service="MCO-SVG",level="E"}`)).toBe(1.5)
    expect(held.get(`carine_points_possible{${place},service="MCO-SVG",level="E"}`)).toBeGreaterThan(2)
    expect(held.get(`carine_etablissements{${place},degree="d1"}`)).toBe(1)
    expect(held.get('carine_etablissements{academie="98",departement="992",degree="d1"}')).toBe(1)
    expect(held.get('carine_academie_score{academie="98"}')).toBeGreaterThan(0)
    expect(held.get(`carine_coverage_ratio{${place}}`)).toBeCloseTo(2 / 163, 1)
    expect(held.has('carine_departement_score{academie="98",departement="992"}')).toBe(false)
    expect(held.get(`carine_score{${place},uai="${college}"}`)).toBe(
      held.get(`carine_departement_score{${place}}`),
    )
    expect(
      held.get(`carine_etablissement_family_exige_ratio{${place},uai="${college}",family="MCO"}`),
    ).toBeGreaterThan(0)
    expect(held.has(`carine_score{${place},uai="${ecole}"}`)).toBe(false)
  })
})

describe('the field', () => {
  it('tells of backups as they grow older, late from where the check no longer finds them as they should be', async () => {
    await observe(college, LATE_HOURS - 2, ago(0))
    const late = () => valuesOf('backup_late_etablissements')
    const series = 'backup_late_etablissements{academie="98",departement="991"}'
    expect((await late())[series]).toBe(0)
    clock.advance(3 * HOUR)
    expect((await late())[series]).toBe(1)
    expect((await valuesOf('backup_watched_etablissements'))[series.replace('late', 'watched')]).toBe(1)
    const at = clock.now().getTime()
    const verdict = (age: number) => {
      const told = { 'backup.last_success_age': age, 'backup.success_ratio_30d': 1 } as const
      const evidence = new Map(
        (['backup.last_success_age', 'backup.success_ratio_30d'] as const).map((key) => [
          key,
          { key, value: told[key], observedAt: at },
        ]),
      )
      return evaluateRequirement('MCO-SVG-1', { evidence, failedKeys: new Set() }, at).observed.verdict
    }
    expect([verdict(LATE_HOURS), verdict(LATE_HOURS + 1)]).toEqual(['compliant', 'partial'])
  })

  it('tells of establishments that fell silent, and of machines', async () => {
    const series = 'collector_silent_etablissements{academie="98",departement="991"}'
    await observe(ecole, 1, ago(0))
    expect((await valuesOf('collector_silent_etablissements'))[series]).toBe(0)
    clock.advance(10 * DAY)
    expect((await valuesOf('collector_silent_etablissements'))[series]).toBe(2)
    const at = clock.now()
    const machine = (name: string, over: object) => ({
      ...{ id: api.deps.random.uuid(), uai: ecole, identity: `serial:${name}`, name, agent: 'essai' },
      ...{ kind: 'workstation' as const, sections: {}, contentDigest: '', firstSeenAt: at },
      lastInventoryAt: at,
      ...over,
    })
    await db.transact(WORKER, (tx) =>
      tx
        .insert(schema.machine)
        .values([
          machine('a', { biosDate: '2012-01-01' }),
          machine('b', { lastInventoryAt: ago(40 * DAY) }),
          machine('c', { retiredAt: at }),
          machine('d', { kind: 'printer' as const }),
        ]),
    )
    const held = await scrape()
    const place = 'academie="98",departement="991"'
    expect(held.get(`parc_machines{${place},kind="workstation"}`)).toBe(2)
    expect(held.get(`parc_machines{${place},kind="printer"}`)).toBe(1)
    expect(held.get(`parc_machines_reporting{${place}}`)).toBe(2)
    expect(held.get(`parc_machines_aged{${place}}`)).toBe(1)
    expect(held.get('parc_machines_aged{academie="98",departement="992"}')).toBe(0)
    expect(held.get(`parc_etablissement_machines{${place},uai="${ecole}"}`)).toBe(3)
  })
})

describe('collectors', () => {
  it('that Vigie runs tell of their newest run, an empty one too, and nothing of who pushes', async () => {
    const run = (outcome: CollectorRun['outcome']): CollectorRun => ({
      ...{ collector: 'prometheus', startedAt: clock.now(), durationMs: 1_500, attempts: 1, outcome },
      ...{ evidence: [], failures: [], ignored: [], availability: [], error: null },
    })
    const ctx = contextOf(api.deps)
    await recordCollection(ctx, WORKER, 'prometheus:essai', run('no_data'))
    const success = clock.now().getTime() / 1_000
    clock.advance(HOUR)
    await recordCollection(ctx, WORKER, 'prometheus:essai', run('failed'))
    const held = await scrape()
    const label = '{collector="prometheus:essai"}'
    expect(held.get(`collector_success${label}`)).toBe(0)
    expect(held.get(`collector_duration_seconds${label}`)).toBe(1.5)
    expect(held.get(`collector_last_success_timestamp_seconds${label}`)).toBe(success)
    expect([...held.keys()].filter((series) => series.startsWith('collector_success'))).toHaveLength(1)
  })
})

describe('keys', () => {
  it('are counted in stock, and a minimum without any key is a stock of none', async () => {
    await aKey(api.deps, { departement: '991' })
    await db.transact(WORKER, (tx) =>
      tx.insert(schema.stockThreshold).values([{ academie: '98', departement: '993', minimum: 5 }]),
    )
    const held = await scrape()
    expect(held.get('otp_keys_available{departement="991"}')).toBe(1)
    expect(held.get('otp_keys_available{departement="993"}')).toBe(0)
    expect(held.get('otp_keys_minimum{departement="993"}')).toBe(5)
    expect(held.has('otp_keys_minimum{departement="991"}')).toBe(false)
  })

  it('show the refusals of the holder most refused, paused ones too, whatever proves the code', async () => {
    const ctx = contextOf(api.deps)
    const subject = await anOtpSubject(api.deps)
    const target = { holderId: subject.holderId, channel: 'sign_in' as const }
    for (let attempt = 0; attempt < 8; attempt += 1)
      await proveCode(ctx, { ...target, pin: '0000', code: '000000' })
    await resynchronise(ctx, { ...target, codes: ['000000', '111111'] })
    const text = await (await api.request('/metrics', BEARER)).text()
    expect(text).toContain('otp_max_failures_per_login{window="2m"} 9')
    expect(text).toContain('otp_failing_logins{window="2m"} 1')
    expect(text).not.toContain(subject.holderId)
    expect(text).not.toContain(subject.login)
    clock.advance(200_000)
    const later = await (await api.request('/metrics', BEARER)).text()
    expect(later).toContain('otp_max_failures_per_login{window="2m"} 0')
    expect(later).toContain('otp_max_failures_per_login{window="10m"} 9')
    expect(later).toContain('otp_failing_logins{window="2m"} 0')
  })
})

describe('the platform', () => {
  it('tells when the journal was last proven whole, and that it no longer is', async () => {
    expect(await valuesOf('journal_whole')).toEqual({})
    const ctx = contextOf(api.deps)
    await sealBatches(ctx)
    await proveJournal(ctx)
    const at = clock.now().getTime() / 1_000
    expect(await valuesOf('journal_whole')).toEqual({ journal_whole: 1 })
    await db.asOwner((tx) => tx.update(schema.journalBatch).set({ mac: '0'.repeat(64) }))
    await proveJournal(ctx)
    const held = await scrape()
    expect(held.get('journal_whole')).toBe(0)
    expect(held.get('journal_verified_timestamp_seconds')).toBe(at)
    expect(held.get('journal_pending_entries')).toBeGreaterThan(0)
  })

  it('counts incidents that are not resolved, and how long it took to take them in hand', async () => {
    const incident = (over: object) => ({
      ...{ id: api.deps.random.uuid(), origin: 'report' as const, severity: 'warning' as const },
      ...{ title: 'Panne', description: '', state: 'open' as const, academie: '98' },
      ...{ party: 'academie' as const, openedAt: ago(DAY), lastSeenAt: ago(DAY) },
      ...over,
    })
    await db.transact(WORKER, (tx) =>
      tx.insert(schema.incident).values([
        incident({}),
        incident({ state: 'acknowledged' as const, acknowledgedAt: ago(DAY - HOUR) }),
        incident({
          state: 'resolved' as const,
          openedAt: ago(50 * DAY),
          acknowledgedAt: ago(49 * DAY),
          resolvedAt: ago(48 * DAY),
        }),
      ]),
    )
    const held = await scrape()
    expect(held.get('incidents_open{academie="98",severity="warning"}')).toBe(2)
    expect(held.get('incidents_open{academie="98",severity="critical"}')).toBe(0)
    expect(held.get('incident_acknowledge_seconds{academie="98"}')).toBe(3_600)
    expect(held.has('incident_resolve_seconds{academie="98"}')).toBe(false)
  })

  it('gives each académie its thresholds, its own where it has one', async () => {
    const series = 'alert_threshold{academie="98",alert="OtpBruteForce"}'
    expect((await valuesOf('alert_threshold'))[series]).toBe(20)
    const set = { academie: '98', alert: 'OtpBruteForce', value: 40 }
    await db.transact(WORKER, (tx) =>
      tx
        .insert(schema.alertThreshold)
        .values({ ...set, updatedAt: clock.now(), updatedBy: api.deps.random.uuid() }),
    )
    expect((await valuesOf('alert_threshold'))[series]).toBe(40)
  })

  it('tells of the pools of connections', async () => {
    const held = await scrape()
    for (const pool of ['api', 'verification']) {
      expect(held.get(`db_pool_size{pool="${pool}"}`)).toBeGreaterThanOrEqual(1)
      expect(held.get(`db_pool_waiting{pool="${pool}"}`)).toBe(0)
    }
  })
})

describe('a scrape', () => {
  it('reads slow figures again when they are old, and says how old they are', async () => {
    const before = await scrape()
    expect(before.get('metrics_snapshot_age_seconds')).toBe(0)
    await aKey(api.deps, { departement: '994' })
    clock.advance(20_000)
    const text = await (await api.request('/metrics', BEARER)).text()
    expect(text).toContain('metrics_snapshot_age_seconds 20')
    expect(text).not.toContain('departement="994"')
    expect((await scrape()).get('otp_keys_available{departement="994"}')).toBe(1)
  })

  it('goes without what cannot be read, and says so, rather than tell zeros', async () => {
    await db.asOwner((tx) => tx.execute('alter table machine rename to machine_away'))
    const held = await scrape()
    await db.asOwner((tx) => tx.execute('alter table machine_away rename to machine'))
    expect(held.get('metrics_reading_success{reading="parc"}')).toBe(0)
    expect(held.get('metrics_reading_success{reading="conformity"}')).toBe(1)
    expect([...held.keys()].filter((series) => series.startsWith('parc_machines'))).toEqual([])
    expect(held.has('carine_academie_score{academie="98"}')).toBe(true)
    expect((await scrape()).get('metrics_reading_success{reading="parc"}')).toBe(1)
  })

  it('answers while the database is away', async () => {
    const away = () => Promise.reject(new Error('away'))
    const lone = anApi(db, { db: { ...db, transact: away } })
    const text = await (await lone.request('/metrics', BEARER)).text()
    expect(text).toContain('otp_lockouts_total 0')
    expect(text).not.toContain('otp_failing_logins{')
    expect(text).not.toContain('alert_threshold{')
  })
})
