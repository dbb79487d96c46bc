import { describe, expect, it } from 'vitest'
import { mcoSvg3 } from './mco-svg-3.ts'

describe('MCO-SVG-3', () => {
  it.each([
    [
      'two weeks of versions',
      { 'backup.versions_kept': 14 },
      'compliant',
      '14 versions des données sont restaurables.',
    ],
    ['exactly two', { 'backup.versions_kept': 2 }, 'compliant', '2 versions'],
    [
      'a single version',
      { 'backup.versions_kept': 1 },
      'non_compliant',
      '1 version des données est restaurable.',
    ],
    ['no version', { 'backup.versions_kept': 0 }, 'non_compliant', 'Aucune version'],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
