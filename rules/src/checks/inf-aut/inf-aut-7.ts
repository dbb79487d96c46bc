import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infAut7 = defineCheck({
  requirement: 'INF-AUT-7',
  needs: ['auth.password_change_first_login'],
  title: 'Mot de passe changé à la première connexion',
  rule: 'Conforme si le changement du mot de passe distribué est imposé à la première connexion ; non conforme sinon.',
  remediation:
    'Activez dans l’annuaire l’obligation de changer le mot de passe à la première connexion, et forcez-la pour les comptes jamais utilisés.',
  evaluate: flagEvaluation('auth.password_change_first_login', {
    yes: 'Le mot de passe distribué doit être changé à la première connexion.',
    no: 'Le mot de passe distribué peut être gardé après la première connexion.',
  }),
})
