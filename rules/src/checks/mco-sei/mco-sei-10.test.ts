import { describe, expect, it } from 'vitest'
import { mcoSei10 } from './mco-sei-10.ts'

describe('MCO-SEI-10', () => {
  it.each([
    [
      'the wanted state',
      { 'supervision.strong_authentication': true },
      'compliant',
      'L’accès à la supervision demande une authentification forte.',
    ],
    [
      'its absence',
      { 'supervision.strong_authentication': false },
      'non_compliant',
      'L’accès à la supervision ne demande pas d’authentification forte.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei10.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
