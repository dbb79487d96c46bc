import { describe, expect, it } from 'vitest'
import { mcoReg1 } from './mco-reg-1.ts'

describe('MCO-REG-1', () => {
  it.each([
    [
      'several configurations',
      { 'regeneration.configurations': 2 },
      'compliant',
      '2 configurations sont conservées pour les postes.',
    ],
    [
      'a single one',
      { 'regeneration.configurations': 1 },
      'partial',
      '1 configuration est conservée pour les postes.',
    ],
    ['none', { 'regeneration.configurations': 0 }, 'non_compliant', 'Aucune configuration n’est conservée'],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoReg1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
