import { describe, expect, it } from 'vitest'
import { mcoPar12 } from './mco-par-12.ts'

describe('MCO-PAR-12', () => {
  it.each([
    [
      'a network apart',
      { 'network.byod_separated': true },
      'compliant',
      'Les équipements hors parc se raccordent à un réseau à part.',
    ],
    [
      'one network for all',
      { 'network.byod_separated': false },
      'non_compliant',
      'Les équipements hors parc se raccordent au même réseau que le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar12.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
