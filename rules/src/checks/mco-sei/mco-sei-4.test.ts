import { describe, expect, it } from 'vitest'
import { mcoSei4 } from './mco-sei-4.ts'

describe('MCO-SEI-4', () => {
  it.each([
    [
      'the wanted state',
      { 'supervision.remote_admin': true },
      'compliant',
      'L’administration technique se fait à distance.',
    ],
    [
      'its absence',
      { 'supervision.remote_admin': false },
      'non_compliant',
      'L’administration technique impose un déplacement sur place.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
