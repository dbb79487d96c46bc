import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { receptionSentence, retentionScale, retentionSentence, weekSentence } from './log-words.ts'

const NOW = '2026-11-16T09:00:00Z'
const RANGE = { shortestDays: 180, longestDays: 365 }
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('a source in a sentence', () => {
  it('says what to do of one that fell silent', () =>
    expect(
      plain(receptionSentence({ reception: 'silent', lastMessageAt: '2026-11-13T09:00:00Z' }, NOW)),
    ).toMatch(/^Plus rien depuis 3 jours : vérifiez/))

  it('tells its week, and what is missing only when something is', () => {
    const week = { received: 1_203, structured: 1_203, missing: 0, heardHours: 168, expectedHours: 168 }
    expect(plain(weekSentence(week))).toBe(
      '1 203 messages en sept jours, tous au format normalisé, entendue 168 heures sur 168.',
    )
    expect(plain(weekSentence({ ...week, structured: 1_200, missing: 12 }))).toMatch(
      /dont 3 hors du format normalisé.*12 messages manquent à la suite\.$/,
    )
  })

  it('says why a retention fails, and what to do', () => {
    expect(plain(retentionSentence('too_short', 46, RANGE))).toMatch(/que 46 jours .* au moins 180/)
    expect(plain(retentionSentence('too_long', 402, RANGE))).toMatch(/402 jours .* au-delà de 365/)
  })
})

it('draws every duration within the scale, in order', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000 }), (kept) => {
      const scale = retentionScale(kept, RANGE)
      expect(scale.from).toBeLessThan(scale.to)
      expect(scale.kept).toBeGreaterThanOrEqual(0)
      expect(Math.max(scale.to, scale.kept ?? 0)).toBeLessThanOrEqual(100)
    }),
  ))
