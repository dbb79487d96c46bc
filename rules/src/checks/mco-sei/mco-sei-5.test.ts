import { describe, expect, it } from 'vitest'
import { mcoSei5 } from './mco-sei-5.ts'

describe('MCO-SEI-5', () => {
  it.each([
    [
      'several services',
      { 'supervision.services_measured': 6 },
      'compliant',
      'La disponibilité de 6 services est mesurée.',
    ],
    [
      'exactly enough',
      { 'supervision.services_measured': 2 },
      'compliant',
      'La disponibilité de 2 services est mesurée.',
    ],
    [
      'a single service',
      { 'supervision.services_measured': 1 },
      'partial',
      'La disponibilité de 1 service est mesurée.',
    ],
    ['no service', { 'supervision.services_measured': 0 }, 'non_compliant', 'Aucun service n’est mesuré'],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei5.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
