import { describe, expect, it } from 'vitest'
import { infSec12 } from './inf-sec-12.ts'

describe('INF-SEC-12', () => {
  it.each([
    [
      'the wanted state',
      { 'network.central_administration': true },
      'compliant',
      'La sécurité du réseau est administrée de façon centralisée.',
    ],
    [
      'its absence',
      { 'network.central_administration': false },
      'non_compliant',
      'La sécurité du réseau est administrée équipement par équipement.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infSec12.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
