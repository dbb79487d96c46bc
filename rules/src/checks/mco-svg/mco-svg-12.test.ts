import { describe, expect, it } from 'vitest'
import { mcoSvg12 } from './mco-svg-12.ts'

describe('MCO-SVG-12', () => {
  it.each([
    [
      'the wanted state',
      { 'backup.encrypted_in_transit': true },
      'compliant',
      'Les flux de sauvegarde sont chiffrés et contrôlés.',
    ],
    [
      'its absence',
      { 'backup.encrypted_in_transit': false },
      'non_compliant',
      'Des flux de sauvegarde circulent sans chiffrement ni contrôle d’intégrité.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg12.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
