import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoPar6 = defineCheck({
  requirement: 'MCO-PAR-6',
  version: 1,
  needs: ['parc.reservation_open'],
  title: 'Réservation de matériel',
  rule: 'Conforme si la réservation de matériel est ouverte dans l’outil de gestion de parc ; non conforme sinon.',
  remediation:
    'Ouvrez la réservation dans l’outil de gestion de parc, en commençant par les chariots et les salles.',
  evaluate: flagEvaluation('parc.reservation_open', {
    yes: 'La réservation de matériel est ouverte.',
    no: 'Aucune réservation de matériel n’est ouverte dans l’outil de gestion de parc.',
  }),
})
