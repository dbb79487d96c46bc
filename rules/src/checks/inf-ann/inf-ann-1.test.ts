import { describe, expect, it } from 'vitest'
import { infAnn1 } from './inf-ann-1.ts'

describe('INF-ANN-1', () => {
  it.each([
    [
      'named accounts everywhere',
      {
        'auth.login_required': true,
        'directory.anonymous_bind': false,
        'directory.accounts': 400,
        'directory.shared_accounts': 0,
      },
      'compliant',
      'Chaque utilisateur s’identifie',
    ],
    [
      'one shared account',
      {
        'auth.login_required': true,
        'directory.anonymous_bind': false,
        'directory.accounts': 400,
        'directory.shared_accounts': 1,
      },
      'partial',
      '1 compte partagé ne désigne personne',
    ],
    [
      'several shared accounts',
      {
        'auth.login_required': true,
        'directory.anonymous_bind': false,
        'directory.accounts': 400,
        'directory.shared_accounts': 3,
      },
      'partial',
      '3 comptes partagés ne désignent personne',
    ],
    [
      'an anonymous directory',
      {
        'auth.login_required': true,
        'directory.anonymous_bind': true,
        'directory.accounts': 400,
        'directory.shared_accounts': 0,
      },
      'non_compliant',
      'L’annuaire se lit sans s’identifier.',
    ],
    [
      'an empty directory',
      {
        'auth.login_required': true,
        'directory.anonymous_bind': false,
        'directory.accounts': 0,
        'directory.shared_accounts': 0,
      },
      'non_compliant',
      'L’annuaire ne porte aucun compte',
    ],
    [
      'resources open to all',
      {
        'auth.login_required': false,
        'directory.anonymous_bind': false,
        'directory.accounts': 400,
        'directory.shared_accounts': 0,
      },
      'non_compliant',
      'Des ressources s’ouvrent sans authentification.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAnn1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
