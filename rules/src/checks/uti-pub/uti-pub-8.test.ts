import { describe, expect, it } from 'vitest'
import { utiPub8 } from './uti-pub-8.ts'

describe('UTI-PUB-8', () => {
  it.each([
    [
      'a login before publishing',
      { 'publication.login_required': true },
      'compliant',
      'Publier exige une authentification.',
    ],
    [
      'an open editor',
      { 'publication.login_required': false },
      'non_compliant',
      'La fonction de publication s’ouvre sans authentification.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiPub8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
