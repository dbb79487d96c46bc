import { describe, expect, it } from 'vitest'
import { mcoSei6 } from './mco-sei-6.ts'

describe('MCO-SEI-6', () => {
  it.each([
    [
      'the wanted state',
      { 'supervision.dashboard': true },
      'compliant',
      'Un tableau de bord de l’établissement est tenu à jour.',
    ],
    [
      'its absence',
      { 'supervision.dashboard': false },
      'non_compliant',
      'Aucun tableau de bord de l’établissement n’est tenu à jour.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei6.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
