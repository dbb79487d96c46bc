import { describe, expect, it } from 'vitest'
import { infAut2 } from './inf-aut-2.ts'

describe('INF-AUT-2', () => {
  it.each([
    [
      'the wanted state',
      { 'auth.strong_available': true },
      'compliant',
      'Une authentification forte est proposée pour les ressources sensibles.',
    ],
    [
      'its absence',
      { 'auth.strong_available': false },
      'non_compliant',
      'Aucune authentification forte n’est proposée pour les ressources sensibles.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
