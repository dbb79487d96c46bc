import { describe, expect, it } from 'vitest'
import { infSec8 } from './inf-sec-8.ts'

describe('INF-SEC-8', () => {
  it.each([
    [
      'lists of today',
      { 'network.filtering_active': true, 'network.filtering_list_age': 0 },
      'compliant',
      'moins d’un jour',
    ],
    [
      'exactly the compliant bound',
      { 'network.filtering_active': true, 'network.filtering_list_age': 7 },
      'compliant',
      'datent de 7 jours',
    ],
    [
      'just above it',
      { 'network.filtering_active': true, 'network.filtering_list_age': 8 },
      'partial',
      'datent de 8 jours',
    ],
    [
      'exactly the partial bound',
      { 'network.filtering_active': true, 'network.filtering_list_age': 30 },
      'partial',
      '30 jours',
    ],
    [
      'just above the partial bound',
      { 'network.filtering_active': true, 'network.filtering_list_age': 31 },
      'non_compliant',
      '31 jours',
    ],
    [
      'filtering off with fresh lists',
      { 'network.filtering_active': false, 'network.filtering_list_age': 0 },
      'non_compliant',
      'n’est pas en service',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infSec8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
