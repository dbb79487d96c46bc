import { describe, expect, it } from 'vitest'
import { daysUntilFull, logFigures, type SourceReading, type StoreDay } from './log-evidence.ts'
import { DEFAULT_RANGE } from './retention.ts'

const NOW = new Date('2026-11-16T09:00:00Z')
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
const store = (kept: number, more: Partial<StoreDay> = {}): StoreDay => ({
  ...{ seenAt: ago(0.1), oldestAt: ago(kept + 0.1), inServiceSince: null, bytes: 1_000 },
  ...{ freeBytes: null, capacityBytes: null, archived: null },
  ...more,
})
const WEEK = {
  ...{ received: 1_000, structured: 1_000, accepted: 60, refused: 40, mailSent: 0, mailAuthored: 0 },
  ...{ missing: 0, repeated: 0, heardHours: 168, expectedHours: 168 },
}
const source = (more: Partial<SourceReading> = {}): SourceReading => ({
  ...{ lastMessageAt: ago(0.01), week: WEEK, stores: [store(200)] },
  ...more,
})
const figures = (sources: readonly SourceReading[], own = 0) =>
  Object.fromEntries(logFigures(sources, { journalled: own }, DEFAULT_RANGE, NOW))

describe('what journals prove', () => {
  it('is whole when every source speaks and tells of its store', () => {
    expect(figures([source(), source({ stores: [store(300)] })])).toEqual({
      'logs.sources': 2,
      'logs.continuity_ratio': 1,
      'logs.structured_ratio': 1,
      'logs.transport_encrypted': true,
      'logs.sources_too_short': 0,
      'logs.sources_too_long': 0,
      'logs.retention': 200,
      'auth.attempts_logged_ratio': 1,
    })
  })

  it('says no more of the retention than what was told: a fault yes, the absence of faults no', () => {
    const silent = source({ stores: [] })
    expect(figures([source(), silent])).not.toHaveProperty('logs.sources_too_short')
    expect(figures([source({ stores: [store(20)] }), silent])).toMatchObject({
      'logs.sources_too_short': 1,
      'logs.sources_too_long': 0,
    })
    expect(figures([source({ stores: [store(400)] })])).toMatchObject({ 'logs.sources_too_long': 1 })
    expect(figures([source({ stores: [store(200, { seenAt: ago(9) })] })])).not.toHaveProperty(
      'logs.retention',
    )
  })

  it('does not claim that transport is encrypted while a source is not heard', () => {
    expect(figures([source(), source({ lastMessageAt: ago(2) })])).not.toHaveProperty(
      'logs.transport_encrypted',
    )
    expect(figures([source({ lastMessageAt: null })])).not.toHaveProperty('logs.continuity_ratio')
  })

  it('takes what is missing and what is silent to hold as many attempts as the rest', () => {
    const lossy = source({ week: { ...WEEK, missing: 250 } })
    expect(figures([lossy])['auth.attempts_logged_ratio']).toBeCloseTo(0.8)
    const quiet = source({ week: { ...WEEK, heardHours: 84 } })
    expect(figures([quiet])['auth.attempts_logged_ratio']).toBeCloseTo(0.5)
    expect(figures([quiet], 100)['auth.attempts_logged_ratio']).toBeCloseTo(200 / 300)
    expect(figures([], 12)).toEqual({ 'auth.attempts_logged_ratio': 1 })
    expect(figures([])).toEqual({})
  })

  it('counts mails and their authors, when there are any', () => {
    expect(figures([source()])).not.toHaveProperty('mail.sent')
    const mails = source({ week: { ...WEEK, mailSent: 10, mailAuthored: 9 } })
    expect(figures([mails])).toMatchObject({ 'mail.sent': 10, 'mail.sent_authored': 9 })
  })

  it('tells the free space and the archive when every source does', () => {
    const told = store(200, { freeBytes: 30, capacityBytes: 100, archived: true })
    expect(figures([source({ stores: [told] })])).toMatchObject({
      'logs.storage_free_ratio': 0.3,
      'logs.external_archive': true,
    })
    expect(figures([source({ stores: [told] }), source()])).not.toHaveProperty('logs.storage_free_ratio')
  })
})

describe('days until the store is full', () => {
  const day = (days: number, bytes: number, freeBytes: number) =>
    store(100, { seenAt: ago(days), bytes, freeBytes, capacityBytes: bytes + freeBytes })

  it('follow the growth of the last month', () => {
    expect(daysUntilFull([day(10, 1_000, 1_000), day(0, 2_000, 500)])).toBe(5)
  })

  it('are many for a store that turns over', () => {
    expect(daysUntilFull([day(10, 1_000, 500), day(0, 990, 510)])).toBe(3_650)
  })

  it('follow, with one reading, the pace at which it filled; and none without the free space', () => {
    expect(daysUntilFull([day(0, 1_000, 500)])).toBeCloseTo(50, 0)
    expect(daysUntilFull([store(100)])).toBeNull()
  })
})
