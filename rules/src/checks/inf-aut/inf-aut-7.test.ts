import { describe, expect, it } from 'vitest'
import { infAut7 } from './inf-aut-7.ts'

describe('INF-AUT-7', () => {
  it.each([
    [
      'a change imposed and made',
      {
        'auth.password_change_first_login': true,
        'directory.accounts': 400,
        'directory.never_changed_passwords': 12,
      },
      'compliant',
      'doit être changé à la première connexion',
    ],
    [
      'the intake of a new year',
      {
        'auth.password_change_first_login': true,
        'directory.accounts': 400,
        'directory.never_changed_passwords': 200,
      },
      'compliant',
      'doit être changé à la première connexion',
    ],
    [
      'a change imposed but not made',
      {
        'auth.password_change_first_login': true,
        'directory.accounts': 400,
        'directory.never_changed_passwords': 201,
      },
      'partial',
      '201 comptes sur 400 (50 %) gardent le premier mot de passe',
    ],
    [
      'an empty directory',
      {
        'auth.password_change_first_login': true,
        'directory.accounts': 0,
        'directory.never_changed_passwords': 0,
      },
      'compliant',
      'doit être changé à la première connexion',
    ],
    [
      'nothing imposed',
      {
        'auth.password_change_first_login': false,
        'directory.accounts': 400,
        'directory.never_changed_passwords': 0,
      },
      'non_compliant',
      'peut être gardé',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut7.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
