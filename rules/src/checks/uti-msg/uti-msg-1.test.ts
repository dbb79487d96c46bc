import { describe, expect, it } from 'vitest'
import { utiMsg1 } from './uti-msg-1.ts'

describe('UTI-MSG-1', () => {
  it.each([
    [
      'both',
      { 'mail.client_access': true, 'mail.web_access': true },
      'compliant',
      'Le courrier s’ouvre depuis un logiciel de messagerie et par le web, de façon chiffrée.',
    ],
    [
      'the first alone',
      { 'mail.client_access': true, 'mail.web_access': false },
      'partial',
      'Le courrier s’ouvre depuis un logiciel de messagerie, mais pas par le web de façon chiffrée.',
    ],
    [
      'the second alone',
      { 'mail.client_access': false, 'mail.web_access': true },
      'partial',
      'Le courrier s’ouvre par le web, mais pas depuis un logiciel de messagerie de façon chiffrée.',
    ],
    [
      'neither',
      { 'mail.client_access': false, 'mail.web_access': false },
      'non_compliant',
      'Le courrier ne s’ouvre de façon chiffrée ni depuis un logiciel de messagerie ni par le web.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiMsg1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
