import { describe, expect, it } from 'vitest'
import { infAnn4 } from './inf-ann-4.ts'

describe('INF-ANN-4', () => {
  it.each([
    [
      'the wanted state',
      { 'directory.audit_enabled': true },
      'compliant',
      'Les modifications de l’annuaire et les tentatives sont journalisées.',
    ],
    [
      'its absence',
      { 'directory.audit_enabled': false },
      'non_compliant',
      'Les modifications de l’annuaire ne sont pas journalisées.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
