import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { createKeyGauges } from './key-gauges.ts'
import { createOtpMeters } from './otp-meters.ts'

const snapshot = {
  keys: [{ departement: '991', state: 'active', count: 3 }],
  expiring: { '3m': 1, '12m': 2 },
  failingLogins: 1,
  maxFailuresPerSource: 4,
}

describe('gauges of keys', () => {
  it('show what the last scrape saw, and nothing of what left', async () => {
    const registry = new Registry()
    const gauges = createKeyGauges(registry)
    gauges.set(snapshot)
    expect(await registry.metrics()).toContain('otp_keys{departement="991",state="active"} 3')
    gauges.set({ ...snapshot, keys: [{ departement: '991', state: 'locked', count: 3 }] })
    expect(await registry.metrics()).not.toContain('state="active"')
  })

  it('are absent, not zero, when the database could not be asked', async () => {
    const registry = new Registry()
    const gauges = createKeyGauges(registry)
    gauges.set(snapshot)
    gauges.set(null)
    const samples = (await registry.metrics()).split('\n').filter((line) => line && !line.startsWith('#'))
    expect(samples).toEqual([])
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
