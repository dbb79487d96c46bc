import { describe, expect, it } from 'vitest'
import {
  counted,
  days,
  decimal,
  duration,
  enumerate,
  frenchDate,
  outOf,
  percent,
  typeset,
} from './wording.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('French wording', () => {
  it('puts no-break spaces before double punctuation and inside guillemets', () => {
    expect(typeset('Vu : « oui » ; 5 % !')).toBe('Vu\u00a0: «\u00a0oui\u00a0»\u00a0; 5\u00a0%\u00a0!')
  })

  it.each([
    [0, '0 poste'],
    [1, '1 poste'],
    [1.5, '1,5 poste'],
    [2, '2 postes'],
    [12345, '12 345 postes'],
  ])('agrees the noun with %d', (count, expected) => {
    expect(plain(counted(count, 'poste', 'postes'))).toBe(expected)
  })

  it('writes decimals with a comma, one at most', () => {
    expect(decimal(5.04)).toBe('5')
    expect(decimal(5.06)).toBe('5,1')
    expect(plain(decimal(-12345.6))).toBe('-12 345,6')
  })

  it('rounds a percentage down, so that a missed threshold never looks reached', () => {
    expect(plain(percent(0.9499))).toBe('94 %')
    expect(plain(percent(0.29))).toBe('29 %')
    expect(plain(percent(57 / 60))).toBe('95 %')
  })

  it('gives shares with numerator and denominator', () => {
    expect(plain(outOf(48, 50, 'poste', 'postes'))).toBe('48 postes sur 50 (96 %)')
  })

  it('counts hours up to three days, then days', () => {
    expect([0.4, 1, 71, 72, 180.5 * 24].map(duration)).toEqual([
      'moins d’une heure',
      '1 heure',
      '71 heures',
      '3 jours',
      '180,5 jours',
    ])
    expect(days(0.9)).toBe('moins d’un jour')
  })

  it('enumerates', () => {
    expect(enumerate([])).toBe('')
    expect(enumerate(['a'])).toBe('a')
    expect(enumerate(['a', 'b', 'c'])).toBe('a, b et c')
  })

  it('names the civil date of the zone, the first of the month as « 1er »', () => {
    const lateInParis = Date.UTC(2026, 1, 28, 23, 30)
    expect(frenchDate(lateInParis, 'Europe/Paris')).toBe('1er mars 2026')
    expect(frenchDate(lateInParis, 'America/Martinique')).toBe('28 février 2026')
  })
})
