import { describe, expect, it } from 'vitest'
import { infAnn6 } from './inf-ann-6.ts'

describe('INF-ANN-6', () => {
  it.each([
    [
      'useful attributes only',
      { 'directory.unneeded_attributes': 0 },
      'compliant',
      'L’annuaire ne reprend que les attributs dont il a l’usage.',
    ],
    [
      'one attribute too many',
      { 'directory.unneeded_attributes': 1 },
      'non_compliant',
      '1 attribut importé ne sert pas à l’annuaire.',
    ],
    [
      'several',
      { 'directory.unneeded_attributes': 4 },
      'non_compliant',
      '4 attributs importés ne servent pas à l’annuaire.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn6.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
