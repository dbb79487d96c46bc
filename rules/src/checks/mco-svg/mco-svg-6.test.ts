import { describe, expect, it } from 'vitest'
import { mcoSvg6 } from './mco-svg-6.ts'

describe('MCO-SVG-6', () => {
  it.each([
    [
      'the wanted state',
      { 'backup.centralised': true },
      'compliant',
      'Les sauvegardes sont pilotées par une solution centralisée.',
    ],
    [
      'its absence',
      { 'backup.centralised': false },
      'non_compliant',
      'Les sauvegardes sont menées poste par poste ou serveur par serveur.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg6.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
