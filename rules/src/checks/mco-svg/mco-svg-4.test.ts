import { describe, expect, it } from 'vitest'
import { mcoSvg4 } from './mco-svg-4.ts'

describe('MCO-SVG-4', () => {
  it.each([
    [
      'media kept elsewhere',
      { 'backup.removable_offsite': true },
      'compliant',
      'Des supports de sauvegarde sont rangés sur un autre site.',
    ],
    [
      'media kept in place',
      { 'backup.removable_offsite': false },
      'non_compliant',
      'Aucun support de sauvegarde n’est rangé sur un autre site.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
