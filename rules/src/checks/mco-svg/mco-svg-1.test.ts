import { describe, expect, it } from 'vitest'
import { mcoSvg1 } from './mco-svg-1.ts'

describe('MCO-SVG-1', () => {
  it.each([
    [
      'a backup last night',
      { 'backup.last_success_age': 5, 'backup.success_ratio_30d': 1 },
      'compliant',
      'date de 5 heures et 100 % ont réussi',
    ],
    [
      'both compliant bounds',
      { 'backup.last_success_age': 48, 'backup.success_ratio_30d': 0.9 },
      'compliant',
      'date de 48 heures et 90 %',
    ],
    [
      'an hour too late',
      { 'backup.last_success_age': 49, 'backup.success_ratio_30d': 1 },
      'partial',
      '49 heures',
    ],
    [
      'too many failures',
      { 'backup.last_success_age': 5, 'backup.success_ratio_30d': 0.89 },
      'partial',
      '89 %',
    ],
    [
      'both outer bounds',
      { 'backup.last_success_age': 168, 'backup.success_ratio_30d': 0.5 },
      'partial',
      '7 jours et 50 %',
    ],
    [
      'older than a week',
      { 'backup.last_success_age': 169, 'backup.success_ratio_30d': 1 },
      'non_compliant',
      'date de',
    ],
    [
      'more failures than successes',
      { 'backup.last_success_age': 5, 'backup.success_ratio_30d': 0.49 },
      'non_compliant',
      '49 %',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
