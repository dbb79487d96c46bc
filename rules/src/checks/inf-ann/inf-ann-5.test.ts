import { describe, expect, it } from 'vitest'
import { infAnn5 } from './inf-ann-5.ts'

describe('INF-ANN-5', () => {
  it.each([
    [
      'encrypted flows only',
      { 'directory.transport_encrypted': true, 'directory.cleartext_bind': false },
      'compliant',
      'il refuse un mot de passe en clair',
    ],
    [
      'a clear password still accepted',
      { 'directory.transport_encrypted': true, 'directory.cleartext_bind': true },
      'partial',
      'il accepte encore un mot de passe en clair',
    ],
    [
      'flows in clear',
      { 'directory.transport_encrypted': false, 'directory.cleartext_bind': true },
      'non_compliant',
      'passent en clair',
    ],
    [
      'flows in clear behind an encrypted bind',
      { 'directory.transport_encrypted': false, 'directory.cleartext_bind': false },
      'non_compliant',
      'passent en clair',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn5.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
