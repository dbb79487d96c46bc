import { describe, expect, it } from 'vitest'
import { mcoJal2 } from './mco-jal-2.ts'

describe('MCO-JAL-2', () => {
  it.each([
    [
      'legal durations with room',
      {
        'logs.sources': 4,
        'logs.sources_too_short': 0,
        'logs.sources_too_long': 0,
        'logs.days_until_full': 200,
        'logs.storage_free_ratio': 0.4,
      },
      'compliant',
      '4 sources de journaux sont conservées dans les durées légales ; le stockage a 40 % de place libre et sera plein dans 200 jours.',
    ],
    [
      'exactly the headroom',
      {
        'logs.sources': 1,
        'logs.sources_too_short': 0,
        'logs.sources_too_long': 0,
        'logs.days_until_full': 30,
        'logs.storage_free_ratio': 0.1,
      },
      'compliant',
      '1 source de journaux est conservée dans les durées légales',
    ],
    [
      'a disk soon full',
      {
        'logs.sources': 4,
        'logs.sources_too_short': 0,
        'logs.sources_too_long': 0,
        'logs.days_until_full': 29,
        'logs.storage_free_ratio': 0.4,
      },
      'partial',
      'sera plein dans 29 jours',
    ],
    [
      'a disk almost full',
      {
        'logs.sources': 4,
        'logs.sources_too_short': 0,
        'logs.sources_too_long': 0,
        'logs.days_until_full': 200,
        'logs.storage_free_ratio': 0.09,
      },
      'partial',
      '9 % de place libre',
    ],
    [
      'a source kept too short',
      {
        'logs.sources': 4,
        'logs.sources_too_short': 1,
        'logs.sources_too_long': 0,
        'logs.days_until_full': 200,
        'logs.storage_free_ratio': 0.4,
      },
      'non_compliant',
      '1 source est conservée trop peu de temps, sur 4.',
    ],
    [
      'sources kept too long',
      {
        'logs.sources': 4,
        'logs.sources_too_short': 0,
        'logs.sources_too_long': 2,
        'logs.days_until_full': 200,
        'logs.storage_free_ratio': 0.4,
      },
      'non_compliant',
      '2 sources sont conservées trop longtemps, sur 4.',
    ],
    [
      'both at once',
      {
        'logs.sources': 4,
        'logs.sources_too_short': 1,
        'logs.sources_too_long': 2,
        'logs.days_until_full': 200,
        'logs.storage_free_ratio': 0.4,
      },
      'non_compliant',
      '1 source est conservée trop peu de temps et 2 sources sont conservées trop longtemps',
    ],
    [
      'no source at all',
      {
        'logs.sources': 0,
        'logs.sources_too_short': 0,
        'logs.sources_too_long': 0,
        'logs.days_until_full': 200,
        'logs.storage_free_ratio': 0.4,
      },
      'non_compliant',
      'Aucune source de journaux n’est attendue.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoJal2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
