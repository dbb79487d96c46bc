import { describe, expect, it } from 'vitest'
import { mcoJal2 } from './mco-jal-2.ts'

describe('MCO-JAL-2', () => {
  it.each([
    [
      'a year with room',
      { 'logs.retention': 365, 'logs.days_until_full': 200, 'logs.storage_free_ratio': 0.4 },
      'compliant',
      'conservés 365 jours ; leur stockage a 40 % de place libre et sera plein dans 200 jours.',
    ],
    [
      'the shortest legal retention',
      { 'logs.retention': 180, 'logs.days_until_full': 30, 'logs.storage_free_ratio': 0.1 },
      'compliant',
      'conservés 180 jours',
    ],
    [
      'a day too short',
      { 'logs.retention': 179, 'logs.days_until_full': 200, 'logs.storage_free_ratio': 0.4 },
      'non_compliant',
      'conservés 179 jours, moins que les 180 jours attendus.',
    ],
    [
      'a day too long',
      { 'logs.retention': 366, 'logs.days_until_full': 200, 'logs.storage_free_ratio': 0.4 },
      'non_compliant',
      'conservés 366 jours, plus que les 365 jours permis.',
    ],
    [
      'a disk full within a month',
      { 'logs.retention': 365, 'logs.days_until_full': 29, 'logs.storage_free_ratio': 0.4 },
      'partial',
      'plein dans 29 jours',
    ],
    [
      'a disk with less than a tenth free',
      { 'logs.retention': 365, 'logs.days_until_full': 200, 'logs.storage_free_ratio': 0.09 },
      'partial',
      '9 % de place libre',
    ],
    [
      'no retention at all',
      { 'logs.retention': 0, 'logs.days_until_full': 200, 'logs.storage_free_ratio': 0.9 },
      'non_compliant',
      'conservés moins d’un jour',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoJal2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
