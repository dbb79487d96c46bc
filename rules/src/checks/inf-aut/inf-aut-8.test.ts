import { describe, expect, it } from 'vitest'
import { infAut8 } from './inf-aut-8.ts'

describe('INF-AUT-8', () => {
  it.each([
    ['a quarterly pace', { 'auth.password_max_age': 90 }, 'compliant', 'au bout de 90 jours'],
    ['exactly a year', { 'auth.password_max_age': 365 }, 'compliant', 'au bout de 365 jours'],
    ['just over a year', { 'auth.password_max_age': 366 }, 'partial', 'au bout de 366 jours'],
    ['a single day', { 'auth.password_max_age': 1 }, 'compliant', 'au bout de 1 jour.'],
    ['no expiry', { 'auth.password_max_age': 0 }, 'non_compliant', 'n’expirent jamais'],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
