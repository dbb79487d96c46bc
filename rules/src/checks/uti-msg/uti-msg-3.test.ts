import { describe, expect, it } from 'vitest'
import { utiMsg3 } from './uti-msg-3.ts'

describe('UTI-MSG-3', () => {
  it.each([
    [
      'school addresses everywhere',
      { 'directory.private_mail_students': 0 },
      'compliant',
      'Chaque élève a une adresse scolaire.',
    ],
    [
      'one private address',
      { 'directory.private_mail_students': 1 },
      'non_compliant',
      '1 élève a pour adresse une adresse privée.',
    ],
    [
      'several',
      { 'directory.private_mail_students': 12 },
      'non_compliant',
      '12 élèves ont pour adresse une adresse privée.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiMsg3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
