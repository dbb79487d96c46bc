import { describe, expect, it } from 'vitest'
import { mcoPar7 } from './mco-par-7.ts'

describe('MCO-PAR-7', () => {
  it.each([
    [
      'tracked loans',
      { 'parc.loans_tracked': true },
      'compliant',
      'Les prêts de matériel sont suivis dans l’outil de gestion de parc.',
    ],
    [
      'untracked loans',
      { 'parc.loans_tracked': false },
      'non_compliant',
      'Les prêts de matériel ne sont pas suivis dans l’outil de gestion de parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar7.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
