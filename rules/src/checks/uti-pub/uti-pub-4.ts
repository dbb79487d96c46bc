import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const utiPub4 = defineCheck({
  requirement: 'UTI-PUB-4',
  version: 1,
  needs: ['publication.site_up'],
  title: 'Contenus publiés sur internet',
  rule: 'Conforme si le site public de l’établissement est en ligne ; non conforme sinon.',
  remediation:
    'Vérifiez l’adresse du site et appelez son hébergeur ; si l’établissement n’a plus de site, déclarez l’exigence sans objet.',
  evaluate: flagEvaluation('publication.site_up', {
    yes: 'Le site public de l’établissement est en ligne.',
    no: 'Le site public de l’établissement ne répond pas.',
  }),
})
