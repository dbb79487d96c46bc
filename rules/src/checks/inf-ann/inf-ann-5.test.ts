import { describe, expect, it } from 'vitest'
import { infAnn5 } from './inf-ann-5.ts'

describe('INF-ANN-5', () => {
  it.each([
    [
      'the wanted state',
      { 'directory.transport_encrypted': true },
      'compliant',
      'Les flux de l’annuaire sont chiffrés.',
    ],
    [
      'its absence',
      { 'directory.transport_encrypted': false },
      'non_compliant',
      'Des flux de l’annuaire passent en clair.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn5.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
