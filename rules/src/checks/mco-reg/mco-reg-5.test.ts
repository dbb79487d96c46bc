import { describe, expect, it } from 'vitest'
import { mcoReg5 } from './mco-reg-5.ts'

describe('MCO-REG-5', () => {
  it.each([
    [
      'the wanted state',
      { 'regeneration.automated': true },
      'compliant',
      'La régénération se déroule sans intervention une fois lancée.',
    ],
    [
      'its absence',
      { 'regeneration.automated': false },
      'non_compliant',
      'La régénération attend des interventions une fois lancée.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoReg5.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
