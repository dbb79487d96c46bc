import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { CollectorIo } from '../../collector.ts'
import type { Part } from './findings.ts'
import { collectParts } from './pace.ts'

const io: CollectorIo = {
  now: () => new Date('2026-11-16T09:00:00Z'),
  request: () => Promise.reject(new Error('nothing is asked here')),
}
const PACE = { concurrency: 2, pauseMs: 0, probeTimeoutMs: 1_000 }

const swift = (uai: string): Part => ({
  uai,
  keys: ['network.certificate_days'],
  find: () =>
    Promise.resolve({
      proven: [{ key: 'network.certificate_days', value: 30, source: 'essai' }],
      failed: [],
      ignored: [],
    }),
})
const endless = (uai: string): Part => ({
  uai,
  keys: ['network.wifi_networks'],
  find: async (_io, signal) => {
    await wait(60_000, undefined, { signal })
    throw new Error('it ended')
  },
})

describe('a collection whose time is over', () => {
  it('keeps what it read, and fails for those alone that it did not', async () => {
    const parts = [swift('0990001N'), endless('0990002P'), endless('0990003R'), swift('0990004S')]
    const collected = await collectParts(parts, PACE, io, AbortSignal.timeout(300))
    expect(collected.evidence.map(({ uai }) => uai)).toEqual(['0990001N'])
    expect(collected.failures).toMatchObject([
      { uais: ['0990002P'], keys: ['network.wifi_networks'] },
      { uais: ['0990003R'], keys: ['network.wifi_networks'] },
      { uais: ['0990004S'], keys: ['network.certificate_days'] },
    ])
    expect(collected.failures[0]?.reason).toContain('timeoutSeconds')
  })

  it('is thrown away when it is given up, not late', async () => {
    const given = new AbortController()
    const collecting = collectParts([endless('0990001N')], PACE, io, given.signal)
    given.abort()
    await expect(collecting).rejects.toThrow()
  })
})
