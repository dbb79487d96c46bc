import { describe, expect, it } from 'vitest'
import { mcoSvg5 } from './mco-svg-5.ts'

describe('MCO-SVG-5', () => {
  it.each([
    [
      'the wanted state',
      { 'backup.remote_copy': true },
      'compliant',
      'Une copie des sauvegardes est conservée hors du site.',
    ],
    [
      'its absence',
      { 'backup.remote_copy': false },
      'non_compliant',
      'Aucune copie des sauvegardes n’est conservée hors du site.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg5.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
