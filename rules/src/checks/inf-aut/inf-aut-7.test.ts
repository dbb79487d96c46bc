import { describe, expect, it } from 'vitest'
import { infAut7 } from './inf-aut-7.ts'

describe('INF-AUT-7', () => {
  it.each([
    [
      'the wanted state',
      { 'auth.password_change_first_login': true },
      'compliant',
      'Le mot de passe distribué doit être changé à la première connexion.',
    ],
    [
      'its absence',
      { 'auth.password_change_first_login': false },
      'non_compliant',
      'Le mot de passe distribué peut être gardé après la première connexion.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut7.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
