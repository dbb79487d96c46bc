import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createMetrics } from '@vigie/api/metrics'
import { startMetricsListener } from '@vigie/api/metrics-listener'
import { proveJournal } from '@vigie/api/journal/prove-journal.ts'
import { recordCollection } from '@vigie/api/features/collection/record-collection.ts'
import { schema, type Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillMetrics } from '../bench/metrics-rows.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anOtpSubject } from '../support/otp.ts'
import { aRelyingParty, type RelyingParty } from '../support/relying-party.ts'

/** Names of the metrics that rules and dashboards are written against. */
const NAMES = [
  'otp_verify_total',
  'otp_verify_duration_seconds',
  'otp_lockouts_total',
  'otp_resync_total',
  'otp_hotp_lookahead_steps',
  'otp_keys',
  'otp_keys_expiring',
  'otp_keys_available',
  'otp_keys_minimum',
  'otp_failing_logins',
  'otp_max_failures_per_login',
  'otp_max_failures_per_source',
  'carine_points',
  'carine_points_possible',
  'carine_academie_score',
  'carine_departement_score',
  'carine_coverage_ratio',
  'carine_etablissements',
  'carine_contradictions',
  'carine_derogations',
  'carine_score',
  'carine_etablissement_exige_ratio',
  'carine_etablissement_coverage_ratio',
  'carine_etablissement_family_exige_ratio',
  'parc_etablissement_machines',
  'parc_machines',
  'parc_machines_reporting',
  'parc_machines_aged',
  'backup_watched_etablissements',
  'backup_late_etablissements',
  'collector_success',
  'collector_duration_seconds',
  'collector_last_success_timestamp_seconds',
  'collector_silent_etablissements',
  'job_runs_total',
  'job_duration_seconds',
  'job_last_success_timestamp_seconds',
  'journal_verified_timestamp_seconds',
  'journal_whole',
  'journal_pending_entries',
  'db_pool_size',
  'db_pool_in_use',
  'db_pool_waiting',
  'http_requests_total',
  'http_request_duration_seconds',
  'incidents_open',
  'incident_acknowledge_seconds',
  'incident_resolve_seconds',
  'alert_threshold',
  'live_streams_open',
  'syslog_messages_total',
  'syslog_connections',
  'syslog_pending_messages',
  'syslog_commits_total',
  'syslog_refused_peers_total',
  'syslog_broken_connections_total',
  'process_cpu_seconds_total',
  'process_start_time_seconds',
]

/** Debian's promtool on these lines. Out: its exit code and all that it says. */
const promtool = (text: string) =>
  new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    const child = spawn('promtool', ['check', 'metrics'])
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (said += part))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said }))
    child.stdin.end(text)
  })

let db: Database
let portal: RelyingParty
let text: string
const clock = aClock()

async function live(): Promise<void> {
  const ctx = contextOf(portal.deps)
  const at = clock.now()
  const subject = await anOtpSubject(portal.deps)
  await portal.verify({ login: subject.login, pin: subject.pin, code: subject.hotp() })
  await portal.verify({ login: subject.login, pin: subject.pin, code: subject.hotp() })
  await portal.verify({ login: 'personne', pin: '4071', code: '123456' })
  await fetch(`${portal.url}/v1/une/adresse`)
  await proveJournal(ctx)
  await recordCollection(ctx, { role: 'vigie_worker' }, 'prometheus:essai', {
    ...{
      collector: 'prometheus',
      startedAt: at,
      durationMs: 1_500,
      attempts: 1,
      outcome: 'no_data' as const,
    },
    ...{ evidence: [], failures: [], ignored: [], availability: [], error: null },
  })
  portal.deps.metrics.jobs.declare('essai')
  portal.deps.metrics.syslog.declare()
  portal.deps.metrics.syslog.set({ connections: 0, pending: 0 })
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx
      .insert(schema.jobActivity)
      .values({ job: 'essai', lastStartedAt: at, lastSuccessAt: at, lastDurationMs: 12 })
    await tx.insert(schema.incident).values({
      ...{ id: ctx.random.uuid(), origin: 'report', severity: 'warning', title: 'Panne', description: '' },
      ...{ state: 'resolved', academie: '98', party: 'academie', openedAt: at, lastSeenAt: at },
      ...{ acknowledgedAt: at, resolvedAt: at },
    })
  })
}

beforeAll(async () => {
  db = await aDatabase()
  await fillMetrics(db, { etablissements: 20, departements: 4, machinesEach: 3, holders: 50 })
  const { config } = depsOn(db)
  portal = await aRelyingParty(
    db,
    {
      config: { ...config, metricsEtablissements: true },
      metrics: createMetrics({ processMetrics: true }),
    },
    clock,
  )
  await live()
  const answer = await fetch(`${portal.url}/metrics`, { headers: { Authorization: 'Bearer metrics-token' } })
  expect(answer.headers.get('content-type')).toContain('version=0.0.4')
  text = await answer.text()
})
afterAll(async () => {
  await portal?.close()
  await db?.close()
})

describe('the metrics of a real server that has served', () => {
  it('pass promtool check metrics, without a word', async () => {
    expect(await promtool(text)).toEqual({ code: 0, said: '' })
  })

  it('would not pass with a gauge that is named like a counter', async () => {
    const misnamed = '# HELP essai_total Help.\n# TYPE essai_total gauge\nessai_total 1\n'
    expect((await promtool(text + misnamed)).said).toContain('essai_total')
  })

  it('are all those that rules and dashboards are written against, with values', () => {
    const valued = new Set(text.split('\n').map((line) => /^[a-z_]+/.exec(line)?.[0]))
    const missing = NAMES.filter((name) => !valued.has(name) && !valued.has(`${name}_count`))
    expect(missing).toEqual([])
  })

  it('have no other name than those, what the process says of itself apart', () => {
    const named = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!)
    const others = named.filter((name) => !NAMES.includes(name) && !/^(process|nodejs|metrics)_/.test(name))
    expect(others).toEqual([])
  })

  it('are all told in the operator’s document', () => {
    const document = readFileSync(new URL('../../docs/exploitation/metriques.md', import.meta.url), 'utf8')
    const own = NAMES.filter((name) => !name.startsWith('process_'))
    expect(own.filter((name) => !new RegExp(`\`${name}(?:\\{[a-z,]+\\})?\``).test(document))).toEqual([])
  })

  it('pass it as well on their own address', async () => {
    const listener = await startMetricsListener(portal.deps, { host: '127.0.0.1', port: 0 })
    try {
      const apart = await (await fetch(`http://127.0.0.1:${listener.port}/metrics`)).text()
      expect(await promtool(apart)).toEqual({ code: 0, said: '' })
      expect(apart).toContain('carine_points{')
    } finally {
      await listener.close()
    }
  })
})
