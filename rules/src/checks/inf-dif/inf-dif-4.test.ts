import { describe, expect, it } from 'vitest'
import { infDif4 } from './inf-dif-4.ts'

describe('INF-DIF-4', () => {
  it.each([
    [
      'a second factor',
      { 'display.console_strong': true },
      'compliant',
      'La console d’affichage demande une authentification forte.',
    ],
    [
      'a single factor',
      { 'display.console_strong': false },
      'non_compliant',
      'La console d’affichage s’ouvre sans authentification forte.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infDif4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
