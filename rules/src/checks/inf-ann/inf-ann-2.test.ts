import { describe, expect, it } from 'vitest'
import { infAnn2 } from './inf-ann-2.ts'

describe('INF-ANN-2', () => {
  it.each([
    [
      'the wanted state',
      { 'directory.standard_queries': true },
      'compliant',
      'L’annuaire répond aux requêtes par un protocole standard.',
    ],
    [
      'its absence',
      { 'directory.standard_queries': false },
      'non_compliant',
      'L’annuaire ne répond à aucun protocole standard d’interrogation.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
