import { describe, expect, it } from 'vitest'
import { infAnn3 } from './inf-ann-3.ts'

describe('INF-ANN-3', () => {
  it.each([
    [
      'a value of today',
      { 'directory.sync_age': 0.5 },
      'compliant',
      'La dernière synchronisation de l’annuaire date de moins d’une heure.',
    ],
    [
      'exactly the compliant bound',
      { 'directory.sync_age': 48 },
      'compliant',
      'La dernière synchronisation de l’annuaire date de 48 heures.',
    ],
    [
      'just above the compliant bound',
      { 'directory.sync_age': 49 },
      'partial',
      'La dernière synchronisation de l’annuaire date de 49 heures.',
    ],
    [
      'exactly the partial bound',
      { 'directory.sync_age': 168 },
      'partial',
      'La dernière synchronisation de l’annuaire date de 7 jours.',
    ],
    [
      'just above the partial bound',
      { 'directory.sync_age': 169 },
      'non_compliant',
      'La dernière synchronisation de l’annuaire date de 7 jours.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
