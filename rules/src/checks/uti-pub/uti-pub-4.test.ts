import { describe, expect, it } from 'vitest'
import { utiPub4 } from './uti-pub-4.ts'

describe('UTI-PUB-4', () => {
  it.each([
    [
      'a site on line',
      { 'publication.site_up': true },
      'compliant',
      'Le site public de l’établissement est en ligne.',
    ],
    [
      'a silent site',
      { 'publication.site_up': false },
      'non_compliant',
      'Le site public de l’établissement ne répond pas.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiPub4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
