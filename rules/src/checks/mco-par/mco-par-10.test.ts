import { describe, expect, it } from 'vitest'
import { mcoPar10 } from './mco-par-10.ts'

describe('MCO-PAR-10', () => {
  it.each([
    [
      'a dashboard',
      { 'parc.dashboard_available': true },
      'compliant',
      'La direction dispose d’un tableau de bord du matériel.',
    ],
    [
      'none',
      { 'parc.dashboard_available': false },
      'non_compliant',
      'La direction ne dispose d’aucun tableau de bord du matériel.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar10.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
