import { describe, expect, it } from 'vitest'
import { mcoSvg8 } from './mco-svg-8.ts'

describe('MCO-SVG-8', () => {
  it.each([
    [
      'a value of today',
      { 'backup.restore_test_age': 0.5 },
      'compliant',
      'Le dernier test de restauration réussi date de moins d’un jour.',
    ],
    [
      'exactly the compliant bound',
      { 'backup.restore_test_age': 180 },
      'compliant',
      'Le dernier test de restauration réussi date de 180 jours.',
    ],
    [
      'just above the compliant bound',
      { 'backup.restore_test_age': 181 },
      'partial',
      'Le dernier test de restauration réussi date de 181 jours.',
    ],
    [
      'exactly the partial bound',
      { 'backup.restore_test_age': 365 },
      'partial',
      'Le dernier test de restauration réussi date de 365 jours.',
    ],
    [
      'just above the partial bound',
      { 'backup.restore_test_age': 366 },
      'non_compliant',
      'Le dernier test de restauration réussi date de 366 jours.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
