import { describe, expect, it } from 'vitest'
import { mcoReg4 } from './mco-reg-4.ts'

describe('MCO-REG-4', () => {
  it.each([
    [
      'the wanted state',
      { 'regeneration.remote': true },
      'compliant',
      'La régénération des postes peut être déclenchée à distance.',
    ],
    [
      'its absence',
      { 'regeneration.remote': false },
      'non_compliant',
      'La régénération des postes ne peut être déclenchée que sur place.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoReg4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
