import { describe, expect, it } from 'vitest'
import { mcoReg2 } from './mco-reg-2.ts'

describe('MCO-REG-2', () => {
  it.each([
    [
      'a choice at boot',
      { 'regeneration.boot_choice': true },
      'compliant',
      'La configuration du poste se choisit au démarrage.',
    ],
    [
      'no choice',
      { 'regeneration.boot_choice': false },
      'non_compliant',
      'Le poste démarre toujours dans la même configuration.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoReg2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
