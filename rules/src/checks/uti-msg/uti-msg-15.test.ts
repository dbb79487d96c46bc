import { describe, expect, it } from 'vitest'
import { utiMsg15 } from './uti-msg-15.ts'

describe('UTI-MSG-15', () => {
  it.each([
    [
      'exactly the compliant share',
      { 'mail.sent': 100, 'mail.sent_authored': 99 },
      'compliant',
      '99 courriers envoyés sur 100 (99 %) ont leur auteur au journal.',
    ],
    [
      'one too few',
      { 'mail.sent': 100, 'mail.sent_authored': 98 },
      'partial',
      'reste 2 courriers sans auteur',
    ],
    [
      'exactly the partial share',
      { 'mail.sent': 100, 'mail.sent_authored': 90 },
      'partial',
      '90 courriers envoyés sur 100 (90 %)',
    ],
    [
      'one below the partial share',
      { 'mail.sent': 100, 'mail.sent_authored': 89 },
      'non_compliant',
      'reste 11 courriers sans auteur',
    ],
    [
      'none',
      { 'mail.sent': 100, 'mail.sent_authored': 0 },
      'non_compliant',
      '0 courrier envoyé sur 100 (0 %) a son auteur au journal',
    ],
    [
      'no mail seen',
      { 'mail.sent': 0, 'mail.sent_authored': 0 },
      'not_applicable',
      'Les journaux n’ont vu aucun courrier envoyé.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiMsg15.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
