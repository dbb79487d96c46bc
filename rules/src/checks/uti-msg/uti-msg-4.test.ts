import { describe, expect, it } from 'vitest'
import { utiMsg4 } from './uti-msg-4.ts'

describe('UTI-MSG-4', () => {
  it.each([
    [
      'both',
      { 'mail.spam_filter': true, 'mail.virus_filter': true },
      'compliant',
      'Un antispam et un antivirus examinent le courrier.',
    ],
    [
      'the first alone',
      { 'mail.spam_filter': true, 'mail.virus_filter': false },
      'partial',
      'Un antispam examine le courrier, mais aucun antivirus.',
    ],
    [
      'the second alone',
      { 'mail.spam_filter': false, 'mail.virus_filter': true },
      'partial',
      'Un antivirus examine le courrier, mais aucun antispam.',
    ],
    [
      'neither',
      { 'mail.spam_filter': false, 'mail.virus_filter': false },
      'non_compliant',
      'Ni antispam ni antivirus n’examine le courrier.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiMsg4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
