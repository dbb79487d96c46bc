import { describe, expect, it } from 'vitest'
import { utiMsg9 } from './uti-msg-9.ts'

describe('UTI-MSG-9', () => {
  it.each([
    [
      'no private address',
      { 'directory.private_mail_students': 0, 'directory.private_mail_staff': 0 },
      'compliant',
      'Aucune adresse privée ne sert dans l’annuaire.',
    ],
    [
      'one pupil',
      { 'directory.private_mail_students': 1, 'directory.private_mail_staff': 0 },
      'partial',
      'pour 1 élève.',
    ],
    [
      'staff only',
      { 'directory.private_mail_students': 0, 'directory.private_mail_staff': 3 },
      'partial',
      'pour 3 personnels.',
    ],
    [
      'both',
      { 'directory.private_mail_students': 20, 'directory.private_mail_staff': 3 },
      'non_compliant',
      'pour 20 élèves et 3 personnels.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiMsg9.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
