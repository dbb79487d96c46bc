import { describe, expect, it } from 'vitest'
import { infAut3 } from './inf-aut-3.ts'

describe('INF-AUT-3', () => {
  it.each([
    ['the wanted state', { 'auth.sso': true }, 'compliant', 'Une authentification unique est en service.'],
    [
      'its absence',
      { 'auth.sso': false },
      'non_compliant',
      'Aucune authentification unique n’est en service : chaque application demande son mot de passe.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
