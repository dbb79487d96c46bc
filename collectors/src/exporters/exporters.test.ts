import fc from 'fast-check'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { createConformityGauges } from './conformity-gauges.ts'
import { createEtablissementGauges } from './etablissement-gauges.ts'
import { createFailureGauges } from './failure-gauges.ts'
import { createCollectorGauges } from './field-gauges.ts'
import { gaugesIn, textGauges, type TextGauges } from './gauge.ts'
import { createKeyGauges } from './key-gauges.ts'
import { createOtpMeters } from './otp-meters.ts'
import { createIncidentGauges, createJournalGauges } from './platform-gauges.ts'
import { areaOf, createHttpMeters, createJobMeters } from './process-meters.ts'

const keys = {
  keys: [{ departement: '991', state: 'active', count: 3 }],
  expiring: { '3m': 1, '12m': 2 },
  available: [{ departement: '991', count: 5 }],
  minimums: [{ departement: '991', minimum: 20 }],
}

const samplesOf = async (from: Registry | TextGauges) =>
  (await ('text' in from ? from.text() : from.metrics()))
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))

describe('gauges written as text', () => {
  it('are written as prom-client writes them, whatever their labels and values', async () => {
    const sample = fc.record({ a: fc.string(), b: fc.string({ unit: 'binary' }), value: fc.double() })
    const unique = { selector: ({ a, b }: { a: string; b: string }) => JSON.stringify([a, b]) }
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(sample, unique), async (samples) => {
        const registry = new Registry()
        const written = textGauges()
        for (const gauge of [gaugesIn(registry), written.gauge])
          gauge('essai', 'Help.', ['a', 'b']).replace(samples)
        // The format spells it NaN; prom-client writes Nan, which Prometheus reads too.
        const spelt = (await samplesOf(registry)).map((line) => line.replace(/ Nan$/, ' NaN'))
        expect(await samplesOf(written)).toEqual(spelt)
      }),
      { examples: [[[{ a: '', b: '', value: Number.NaN }]], [[{ a: '"', b: '\n', value: -Infinity }]]] },
    )
  })

  it('are all there, thousands of them, and the process goes on meanwhile', async () => {
    const written = textGauges()
    const samples = Array.from({ length: 5_000 }, (_, rank) => ({ rank: String(rank), value: rank }))
    written.gauge('essai', 'Help.', ['rank']).replace(samples)
    let turns = 0
    const turning = setInterval(() => (turns += 1), 0)
    expect(await samplesOf(written)).toHaveLength(5_000)
    clearInterval(turning)
    expect(turns).toBeGreaterThan(0)
    expect((await written.text()).startsWith('# HELP essai Help.\n# TYPE essai gauge\n')).toBe(true)
  })
})

describe('gauges of keys', () => {
  it('show what the last reading saw, and nothing of what left', async () => {
    const written = textGauges()
    const gauges = createKeyGauges(written.gauge)
    gauges.set(keys)
    expect(await samplesOf(written)).toEqual([
      'otp_keys{departement="991",state="active"} 3',
      'otp_keys_expiring{horizon="3m"} 1',
      'otp_keys_expiring{horizon="12m"} 2',
      'otp_keys_available{departement="991"} 5',
      'otp_keys_minimum{departement="991"} 20',
    ])
    gauges.set({ ...keys, keys: [{ departement: '991', state: 'locked', count: 3 }] })
    expect(await written.text()).not.toContain('state="active"')
  })
})

describe('gauges of failures', () => {
  it('are absent, not zero, when the database could not be asked', async () => {
    const registry = new Registry()
    const gauges = createFailureGauges(registry)
    gauges.set({ failingLogins: { '2m': 1, '10m': 3 }, maxFailuresPerSource: 4 })
    gauges.setPerLogin((window) => (window === '2m' ? 7 : 9))
    expect(await samplesOf(registry)).toEqual([
      'otp_failing_logins{window="2m"} 1',
      'otp_failing_logins{window="10m"} 3',
      'otp_max_failures_per_source{window="10m"} 4',
      'otp_max_failures_per_login{window="2m"} 7',
      'otp_max_failures_per_login{window="10m"} 9',
    ])
    gauges.set(null)
    expect(await samplesOf(registry)).toHaveLength(2)
  })
})

describe('gauges of conformity', () => {
  const place = { academie: '98', departement: '991' }

  it('give points in requirements, and no score where nothing is applicable', async () => {
    const written = textGauges()
    createConformityGauges(written.gauge).set({
      academies: [{ academie: '98', score: 61.5 }],
      departements: [
        { ...place, d1: 12, d2: 3, score: null, coverage: 0.25, contradictions: 1, derogations: 0 },
      ],
      services: [{ ...place, service: 'INF-AUT', level: 'E', points: 2.5, possible: 4 }],
    })
    expect(await samplesOf(written)).toEqual([
      'carine_points{academie="98",departement="991",service="INF-AUT",level="E"} 2.5',
      'carine_points_possible{academie="98",departement="991",service="INF-AUT",level="E"} 4',
      'carine_academie_score{academie="98"} 61.5',
      'carine_coverage_ratio{academie="98",departement="991"} 0.25',
      'carine_etablissements{academie="98",departement="991",degree="d1"} 12',
      'carine_etablissements{academie="98",departement="991",degree="d2"} 3',
      'carine_contradictions{academie="98",departement="991"} 1',
      'carine_derogations{academie="98",departement="991"} 0',
    ])
  })

  it('give eight series at most for an establishment', async () => {
    const written = textGauges()
    const families = { INF: 0.5, MCO: 0.25, UTI: null }
    const row = { ...place, uai: '0990001N', score: 40, exige: 0.5, coverage: 0.9, families, machines: 12 }
    createEtablissementGauges(written.gauge).set([row])
    expect(await samplesOf(written)).toHaveLength(6)
  })
})

describe('gauges of the platform', () => {
  it('tell nothing of a journal that nobody has verified yet', async () => {
    const written = textGauges()
    const gauges = createJournalGauges(written.gauge)
    gauges.set({ verifiedAt: null, whole: null, pending: 2 })
    expect(await samplesOf(written)).toEqual(['journal_pending_entries 2'])
    gauges.set({ verifiedAt: 1_795_000_000, whole: false, pending: 0 })
    expect(await samplesOf(written)).toEqual([
      'journal_verified_timestamp_seconds 1795000000',
      'journal_whole 0',
      'journal_pending_entries 0',
    ])
  })

  it('leave out the last success of a collector that never had one, and a mean without data', async () => {
    const written = textGauges()
    createCollectorGauges(written.gauge).set({
      collectors: [{ collector: 'prometheus:a', success: false, durationSeconds: 1.5, lastSuccess: null }],
      silent: [],
    })
    createIncidentGauges(written.gauge).set({
      open: [{ academie: '98', severity: 'critical', count: 0 }],
      delays: [{ academie: '98', acknowledgeSeconds: 90, resolveSeconds: null }],
    })
    expect(await samplesOf(written)).toEqual([
      'collector_success{collector="prometheus:a"} 0',
      'collector_duration_seconds{collector="prometheus:a"} 1.5',
      'incidents_open{academie="98",severity="critical"} 0',
      'incident_acknowledge_seconds{academie="98"} 90',
    ])
  })

  it('start the counters of a job at zero, so that its first failure is an increase', async () => {
    const registry = new Registry()
    const jobs = createJobMeters(registry)
    jobs.declare('seal-journal')
    jobs.ran('seal-journal', 'success')
    expect(await samplesOf(registry)).toEqual([
      'job_runs_total{task="seal-journal",outcome="success"} 1',
      'job_runs_total{task="seal-journal",outcome="failure"} 0',
    ])
  })

  it('count requests by class of status: a route makes the same few series whatever is sent to it', async () => {
    const registry = new Registry()
    const http = createHttpMeters(registry)
    for (const status of [200, 204, 401, 403, 404, 422, 503]) http.observe('GET', '/v1/parc', status, 0.004)
    const samples = await samplesOf(registry)
    expect(samples).toHaveLength(3 + 6)
    expect(samples).toContain('http_requests_total{method="GET",route="/v1/parc",status="4xx"} 4')
    expect(samples).toContain('http_request_duration_seconds_count{area="/v1/parc"} 7')
  })

  it.each([
    ['/v1/parc', '/v1/parc'],
    ['/v1/keys/:serial/hand-over/pin', '/v1/keys'],
    ['/v1/etablissements/:uai', '/v1/etablissements'],
    ['/v1/etablissements/:uai/proofs/:id', '/v1/etablissements/:uai/proofs'],
    ['/healthz', '/healthz'],
    ['unmatched', 'unmatched'],
  ])('tell the duration of %s with that of %s', (route, area) => {
    expect(areaOf(route)).toBe(area)
  })
})

describe('meters of verification', () => {
  it('count by channel, kind of token and outcome', async () => {
    const registry = new Registry()
    const meters = createOtpMeters(registry)
    meters.verified({ channel: 'radius', type: 'hotp', reason: 'accepted' }, 0.004)
    meters.locked()
    meters.resynchronised('rejected')
    meters.lookedAhead(2)
    const text = await registry.metrics()
    for (const sample of [
      'otp_verify_total{channel="radius",type="hotp",reason="accepted"} 1',
      'otp_verify_duration_seconds_bucket{le="0.005",channel="radius"} 1',
      'otp_lockouts_total 1',
      'otp_resync_total{outcome="rejected"} 1',
      'otp_hotp_lookahead_steps_bucket{le="2"} 1',
    ]) {
      expect(text).toContain(sample)
    }
  })
})
