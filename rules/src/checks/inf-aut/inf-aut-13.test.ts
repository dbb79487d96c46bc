import { describe, expect, it } from 'vitest'
import { infAut13 } from './inf-aut-13.ts'

describe('INF-AUT-13', () => {
  it.each([
    [
      'the whole',
      { 'auth.attempts_logged_ratio': 1 },
      'compliant',
      '100 % des tentatives de connexion sont journalisées.',
    ],
    [
      'exactly the compliant share',
      { 'auth.attempts_logged_ratio': 0.99 },
      'compliant',
      '99 % des tentatives de connexion sont journalisées.',
    ],
    [
      'just below the compliant share',
      { 'auth.attempts_logged_ratio': 0.989 },
      'partial',
      '98 % des tentatives de connexion sont journalisées.',
    ],
    [
      'exactly the partial share',
      { 'auth.attempts_logged_ratio': 0.9 },
      'partial',
      '90 % des tentatives de connexion sont journalisées.',
    ],
    [
      'just below the partial share',
      { 'auth.attempts_logged_ratio': 0.899 },
      'non_compliant',
      '89 % des tentatives de connexion sont journalisées.',
    ],
    [
      'nothing',
      { 'auth.attempts_logged_ratio': 0 },
      'non_compliant',
      '0 % des tentatives de connexion sont journalisées.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut13.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
