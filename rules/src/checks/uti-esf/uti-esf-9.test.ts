import { describe, expect, it } from 'vitest'
import { utiEsf9 } from './uti-esf-9.ts'

describe('UTI-ESF-9', () => {
  it.each([
    [
      'all servers saved last night',
      { 'backup.server_covered': 1, 'backup.last_success_age': 9 },
      'compliant',
      '100 % des serveurs sont sauvegardés et la dernière sauvegarde réussie date de 9 heures.',
    ],
    [
      'exactly the thresholds',
      { 'backup.server_covered': 0.95, 'backup.last_success_age': 48 },
      'compliant',
      '95 % des serveurs',
    ],
    [
      'a server left out',
      { 'backup.server_covered': 0.75, 'backup.last_success_age': 9 },
      'partial',
      '75 % des serveurs',
    ],
    [
      'an old backup',
      { 'backup.server_covered': 1, 'backup.last_success_age': 49 },
      'partial',
      'date de 49 heures',
    ],
    [
      'most servers left out',
      { 'backup.server_covered': 0.25, 'backup.last_success_age': 9 },
      'non_compliant',
      '25 % des serveurs',
    ],
    [
      'a backup of last month',
      { 'backup.server_covered': 1, 'backup.last_success_age': 720 },
      'non_compliant',
      'date de 30 jours',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiEsf9.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
