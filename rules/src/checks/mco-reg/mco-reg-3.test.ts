import { describe, expect, it } from 'vitest'
import { mcoReg3 } from './mco-reg-3.ts'

describe('MCO-REG-3', () => {
  it.each([
    [
      'a value of today',
      { 'regeneration.master.age': 0.5 },
      'compliant',
      'La dernière mise à jour des images de référence date de moins d’un jour.',
    ],
    [
      'exactly the compliant bound',
      { 'regeneration.master.age': 90 },
      'compliant',
      'La dernière mise à jour des images de référence date de 90 jours.',
    ],
    [
      'just above the compliant bound',
      { 'regeneration.master.age': 91 },
      'partial',
      'La dernière mise à jour des images de référence date de 91 jours.',
    ],
    [
      'exactly the partial bound',
      { 'regeneration.master.age': 180 },
      'partial',
      'La dernière mise à jour des images de référence date de 180 jours.',
    ],
    [
      'just above the partial bound',
      { 'regeneration.master.age': 181 },
      'non_compliant',
      'La dernière mise à jour des images de référence date de 181 jours.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoReg3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
