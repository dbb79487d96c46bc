import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infAnn2 = defineCheck({
  requirement: 'INF-ANN-2',
  version: 1,
  needs: ['directory.standard_queries'],
  title: 'Annuaire interrogeable par un protocole standard',
  rule: 'Conforme si l’annuaire répond à une requête par un protocole standard (LDAP ou équivalent) ; non conforme sinon.',
  remediation:
    'Demandez à l’exploitant de l’annuaire d’ouvrir l’interrogation par LDAP chiffré aux services de l’établissement.',
  evaluate: flagEvaluation('directory.standard_queries', {
    yes: 'L’annuaire répond aux requêtes par un protocole standard.',
    no: 'L’annuaire ne répond à aucun protocole standard d’interrogation.',
  }),
})
