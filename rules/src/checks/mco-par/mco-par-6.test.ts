import { describe, expect, it } from 'vitest'
import { mcoPar6 } from './mco-par-6.ts'

describe('MCO-PAR-6', () => {
  it.each([
    [
      'an open reservation',
      { 'parc.reservation_open': true },
      'compliant',
      'La réservation de matériel est ouverte.',
    ],
    [
      'none',
      { 'parc.reservation_open': false },
      'non_compliant',
      'Aucune réservation de matériel n’est ouverte dans l’outil de gestion de parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar6.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
