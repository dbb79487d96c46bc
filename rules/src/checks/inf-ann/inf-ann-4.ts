import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infAnn4 = defineCheck({
  requirement: 'INF-ANN-4',
  version: 1,
  needs: ['directory.audit_enabled'],
  title: 'Modifications de l’annuaire tracées',
  rule: 'Conforme si l’annuaire journalise ses modifications et les tentatives, avec auteur et date ; non conforme sinon.',
  remediation:
    'Faites activer le journal d’audit de l’annuaire et vérifiez qu’une modification d’essai y paraît avec son auteur et son heure.',
  evaluate: flagEvaluation('directory.audit_enabled', {
    yes: 'Les modifications de l’annuaire et les tentatives sont journalisées.',
    no: 'Les modifications de l’annuaire ne sont pas journalisées.',
  }),
})
