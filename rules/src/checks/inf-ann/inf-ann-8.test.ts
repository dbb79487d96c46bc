import { describe, expect, it } from 'vitest'
import { infAnn8 } from './inf-ann-8.ts'

describe('INF-ANN-8', () => {
  it.each([
    [
      'none found',
      { 'directory.private_attributes': 0 },
      'compliant',
      'Aucun attribut de vie privée n’est renseigné dans l’annuaire.',
    ],
    [
      'a single one',
      { 'directory.private_attributes': 1 },
      'non_compliant',
      '1 attribut de vie privée est renseigné dans l’annuaire.',
    ],
    [
      'several',
      { 'directory.private_attributes': 12 },
      'non_compliant',
      '12 attributs de vie privée sont renseignés dans l’annuaire.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
