import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const utiPub8 = defineCheck({
  requirement: 'UTI-PUB-8',
  version: 1,
  needs: ['publication.login_required'],
  title: 'Authentification avant de publier',
  rule: 'Conforme si la fonction de publication exige une authentification ; non conforme sinon. La liste des personnes autorisées se vérifie à l’audit.',
  remediation:
    'Faites fermer l’accès libre à la fonction de publication et arrêtez la liste des personnes qui publient.',
  evaluate: flagEvaluation('publication.login_required', {
    yes: 'Publier exige une authentification.',
    no: 'La fonction de publication s’ouvre sans authentification.',
  }),
})
