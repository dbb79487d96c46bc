import { describe, expect, it } from 'vitest'
import { utiMsg8 } from './uti-msg-8.ts'

describe('UTI-MSG-8', () => {
  it.each([
    [
      'no forwarding',
      { 'mail.external_forwarding': 0 },
      'compliant',
      'Aucune boîte professionnelle n’est redirigée vers une boîte privée.',
    ],
    [
      'one forwarding',
      { 'mail.external_forwarding': 1 },
      'non_compliant',
      '1 boîte professionnelle est redirigée vers une boîte privée.',
    ],
    [
      'several',
      { 'mail.external_forwarding': 12 },
      'non_compliant',
      '12 boîtes professionnelles sont redirigées vers une boîte privée.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiMsg8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
