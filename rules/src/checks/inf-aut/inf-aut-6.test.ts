import { describe, expect, it } from 'vitest'
import { infAut6 } from './inf-aut-6.ts'

describe('INF-AUT-6', () => {
  it.each([
    ['twelve characters', { 'auth.password_min_length': 12 }, 'compliant', 'au moins 12 caractères'],
    ['eleven characters', { 'auth.password_min_length': 11 }, 'partial', 'au moins 11 caractères'],
    ['eight characters', { 'auth.password_min_length': 8 }, 'partial', 'au moins 8 caractères'],
    ['seven characters', { 'auth.password_min_length': 7 }, 'non_compliant', 'au moins 7 caractères'],
    ['one character', { 'auth.password_min_length': 1 }, 'non_compliant', 'au moins 1 caractère.'],
    ['no rule at all', { 'auth.password_min_length': 0 }, 'non_compliant', 'Aucune longueur minimale'],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut6.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
