import { describe, expect, it } from 'vitest'
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatElapsed,
  formatEuros,
  formatNumber,
  formatRate,
  formatRelative,
  formatShare,
} from './format.ts'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

describe('formatShare', () => {
  it('shows the numerator, the denominator and the rate', () => {
    const share = { numerator: 42, denominator: 58, rate: 42 / 58 }
    expect(plain(formatShare(share, 'exigées'))).toBe('42 / 58 exigées (72 %)')
  })

  it('keeps the halves that partial requirements give', () => {
    const share = { numerator: 2.5, denominator: 9, rate: 2.5 / 9 }
    expect(plain(formatShare(share))).toBe('2,5 / 9 (27 %)')
  })

  it('says « pas de donnée » for an empty denominator, never 0 nor 100', () => {
    expect(formatShare(null, 'exigées')).toBe('pas de donnée')
  })
})

describe('numbers', () => {
  it('sets thousands apart and uses the decimal comma', () => {
    expect(plain(formatNumber(1_234_567.84))).toBe('1 234 567,8')
  })

  it('rounds a rate down, so that a missed threshold never looks reached', () => {
    expect(plain(formatRate(0.9999))).toBe('99 %')
    expect(plain(formatRate(57 / 60))).toBe('95 %')
  })

  it('is singular for zero and one, as French is', () => {
    expect([0, 1, 2].map((count) => plain(formatCount(count, 'école', 'écoles')))).toEqual([
      '0 école',
      '1 école',
      '2 écoles',
    ])
  })
})

describe('dates', () => {
  it('shows Paris time, summer and winter', () => {
    expect(formatDateTime('2026-11-16T09:00:00Z')).toContain('10:00')
    expect(formatDateTime('2026-07-16T09:00:00Z')).toContain('11:00')
  })

  it('writes the first of a month as French does', () => {
    expect(formatDate('2026-03-01T12:00:00Z')).toBe('1er mars 2026')
  })

  it.each([
    ['2026-11-16T08:59:30Z', 'à l’instant'],
    ['2026-11-16T08:59:00Z', 'il y a 1 minute'],
    ['2026-11-16T06:00:00Z', 'il y a 3 heures'],
    ['2026-11-13T09:00:00Z', 'il y a 3 jours'],
    ['2026-06-16T09:00:00Z', 'il y a 5 mois'],
    ['2023-11-16T09:00:00Z', 'il y a 3 ans'],
    ['2026-11-18T09:00:00Z', 'dans 2 jours'],
  ])('says %s as « %s »', (instant, words) => {
    expect(plain(formatRelative(instant, '2026-11-16T09:00:00Z'))).toBe(words)
  })
})

describe('formatEuros', () => {
  it.each([
    [817, '8,17 €'],
    [0, '0,00 €'],
    [123_456_789, '1 234 567,89 €'],
  ])('writes %i cents as %s', (cents, text) => expect(plain(formatEuros(cents))).toBe(text))
})

describe('formatElapsed', () => {
  it('says how long ago, without saying that it is past', () => {
    expect(plain(formatElapsed('2026-11-13T09:00:00Z', '2026-11-16T09:00:00Z'))).toBe('3 jours')
    expect(formatElapsed('2026-11-16T09:00:00Z', '2026-11-16T09:00:30Z')).toBe('moins d’une minute')
  })
})
