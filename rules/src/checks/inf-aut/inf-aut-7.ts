import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'
import { agree, outOf, percent } from '../../wording.ts'

/** A new year brings a third of the accounts, not all used at once: above half, the rule is not applied. */
const MOST_NEVER_CHANGED = 0.5

export const infAut7 = defineCheck({
  requirement: 'INF-AUT-7',
  version: 2,
  needs: ['auth.password_change_first_login', 'directory.accounts', 'directory.never_changed_passwords'],
  bounded: [['directory.never_changed_passwords', 'directory.accounts']],
  title: 'Mot de passe changé à la première connexion',
  rule: `Conforme si le changement du mot de passe distribué est imposé à la première connexion ; partiel si plus de ${percent(MOST_NEVER_CHANGED)} des comptes gardent pourtant leur premier mot de passe ; non conforme si rien ne l’impose.`,
  remediation:
    'Activez dans l’annuaire l’obligation de changer le mot de passe à la première connexion, et forcez-la pour les comptes jamais utilisés.',
  faults: [
    faultWhen(['auth.password_change_first_login'], (values) =>
      values['auth.password_change_first_login']
        ? null
        : 'Le mot de passe distribué peut être gardé après la première connexion.',
    ),
  ],
  evaluate: (values) => {
    const imposed = values['auth.password_change_first_login']
    const accounts = values['directory.accounts']
    const unchanged = values['directory.never_changed_passwords']
    const figures = [
      figureOf('auth.password_change_first_login', imposed),
      figureOf('directory.never_changed_passwords', unchanged, accounts),
    ]
    if (!imposed)
      return outcome(
        'non_compliant',
        'Le mot de passe distribué peut être gardé après la première connexion.',
        figures,
      )
    if (unchanged > accounts * MOST_NEVER_CHANGED)
      return outcome(
        'partial',
        `Le changement est imposé, mais ${outOf(unchanged, accounts, 'compte', 'comptes')} ${agree(unchanged, 'garde', 'gardent')} le premier mot de passe.`,
        figures,
      )
    return outcome(
      'compliant',
      'Le mot de passe distribué doit être changé à la première connexion.',
      figures,
    )
  },
})
