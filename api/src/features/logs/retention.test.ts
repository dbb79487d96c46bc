import { describe, expect, it } from 'vitest'
import { DEFAULT_RANGE, judgeRetention, receptionOf } from './retention.ts'

const NOW = new Date('2026-11-16T09:00:00Z')
const DAY = 86_400_000
const ago = (days: number) => new Date(NOW.getTime() - days * DAY)
const dayAgo = (days: number) => ago(days).toISOString().slice(0, 10)
const judged = (oldestDays: number, since: number | null = null, seenDays = 0) =>
  judgeRetention(
    {
      seenAt: ago(seenDays),
      oldestAt: ago(oldestDays + seenDays),
      inServiceSince: since === null ? null : dayAgo(since),
    },
    DEFAULT_RANGE,
    NOW,
  )

describe('retention against the legal range', () => {
  it('fails when too short and when too long, at the day', () => {
    expect([179.9, 180, 365, 365.1].map((days) => judged(days))).toEqual([
      'too_short',
      'within',
      'within',
      'too_long',
    ])
  })

  it('does not fault a machine that keeps everything since its first day', () => {
    expect(judged(30, 30)).toBe('since_service')
    expect(judged(30, 60)).toBe('too_short')
    expect(judged(30, 200)).toBe('too_short')
    expect(judged(400, 400)).toBe('too_long')
  })

  it('says nothing without a report, or after one that is too old', () => {
    expect(judgeRetention(null, DEFAULT_RANGE, NOW)).toBe('unknown')
    expect(judged(200, null, 8)).toBe('within')
    expect(judged(200, null, 8.1)).toBe('unknown')
  })
})

describe('reception', () => {
  it('tells a source that fell silent from one that never spoke, and from one put aside', () => {
    expect(receptionOf(ago(0.9), null, NOW)).toBe('receiving')
    expect(receptionOf(ago(1.1), null, NOW)).toBe('silent')
    expect(receptionOf(null, null, NOW)).toBe('never')
    expect(receptionOf(ago(0.1), NOW, NOW)).toBe('disabled')
  })
})
