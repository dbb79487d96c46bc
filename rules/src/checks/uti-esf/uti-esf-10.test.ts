import { describe, expect, it } from 'vitest'
import { utiEsf10 } from './uti-esf-10.ts'

describe('UTI-ESF-10', () => {
  it.each([
    [
      'a reading this month',
      { 'backup.data_verified_age': 12, 'backup.check_passed': true },
      'compliant',
      'date de 12 jours, sans erreur',
    ],
    [
      'exactly a month',
      { 'backup.data_verified_age': 31, 'backup.check_passed': true },
      'compliant',
      'date de 31 jours',
    ],
    [
      'a day more',
      { 'backup.data_verified_age': 32, 'backup.check_passed': true },
      'partial',
      'date de 32 jours',
    ],
    [
      'exactly half a year',
      { 'backup.data_verified_age': 180, 'backup.check_passed': true },
      'partial',
      'date de 180 jours',
    ],
    [
      'longer ago',
      { 'backup.data_verified_age': 181, 'backup.check_passed': true },
      'non_compliant',
      'date de 181 jours',
    ],
    [
      'a reading that found errors',
      { 'backup.data_verified_age': 1, 'backup.check_passed': false },
      'non_compliant',
      'a trouvé des données altérées',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiEsf10.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
