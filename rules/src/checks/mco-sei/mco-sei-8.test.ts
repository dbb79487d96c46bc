import { describe, expect, it } from 'vitest'
import { mcoSei8 } from './mco-sei-8.ts'

describe('MCO-SEI-8', () => {
  it.each([
    [
      'the wanted state',
      { 'supervision.aggregated': true },
      'compliant',
      'Les données de supervision ne désignent personne.',
    ],
    [
      'its absence',
      { 'supervision.aggregated': false },
      'non_compliant',
      'Les données de supervision contiennent des informations nominatives.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
