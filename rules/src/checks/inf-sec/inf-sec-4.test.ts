import { describe, expect, it } from 'vitest'
import { infSec4 } from './inf-sec-4.ts'

describe('INF-SEC-4', () => {
  it.each([
    [
      'two methods',
      { 'network.filtering_methods': 2, 'network.filtering_allowlist_only': false },
      'compliant',
      '2 méthodes de filtrage se combinent.',
    ],
    [
      'a single method',
      { 'network.filtering_methods': 1, 'network.filtering_allowlist_only': false },
      'partial',
      'Une seule méthode de filtrage est constatée.',
    ],
    [
      'no method',
      { 'network.filtering_methods': 0, 'network.filtering_allowlist_only': false },
      'non_compliant',
      'Aucune méthode de filtrage n’est constatée.',
    ],
    [
      'allowed sites only',
      { 'network.filtering_methods': 3, 'network.filtering_allowlist_only': true },
      'non_compliant',
      'se réduit à une liste de sites autorisés',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infSec4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
