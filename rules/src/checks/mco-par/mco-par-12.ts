import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoPar12 = defineCheck({
  requirement: 'MCO-PAR-12',
  version: 1,
  needs: ['network.byod_separated'],
  title: 'Équipements hors parc raccordés à part',
  rule: 'Conforme si les équipements hors parc se raccordent à un réseau à part ; non conforme sinon.',
  remediation:
    'Faites créer un réseau séparé pour les équipements personnels et de passage, fermé aux serveurs et à l’administration.',
  evaluate: flagEvaluation('network.byod_separated', {
    yes: 'Les équipements hors parc se raccordent à un réseau à part.',
    no: 'Les équipements hors parc se raccordent au même réseau que le parc.',
  }),
})
