import { describe, expect, it } from 'vitest'
import { mcoSei9 } from './mco-sei-9.ts'

describe('MCO-SEI-9', () => {
  it.each([
    [
      'the wanted state',
      { 'supervision.access_authenticated': true },
      'compliant',
      'L’accès aux données de supervision est réservé aux personnes autorisées.',
    ],
    [
      'its absence',
      { 'supervision.access_authenticated': false },
      'non_compliant',
      'Les données de supervision se lisent sans être autorisé.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei9.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
