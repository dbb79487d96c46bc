import { describe, expect, it } from 'vitest'
import { infAut10 } from './inf-aut-10.ts'

describe('INF-AUT-10', () => {
  it.each([
    [
      'none found',
      { 'auth.password_cleartext_count': 0 },
      'compliant',
      'Aucun mot de passe n’est conservé en clair dans les systèmes examinés.',
    ],
    [
      'a single one',
      { 'auth.password_cleartext_count': 1 },
      'non_compliant',
      '1 mot de passe est conservé en clair.',
    ],
    [
      'several',
      { 'auth.password_cleartext_count': 12 },
      'non_compliant',
      '12 mots de passe sont conservés en clair.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut10.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
