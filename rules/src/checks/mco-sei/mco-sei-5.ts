import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

/** A board compares: it begins at two services. */
const COMPARED = 2

export const mcoSei5 = defineCheck({
  requirement: 'MCO-SEI-5',
  version: 1,
  needs: ['supervision.services_measured'],
  title: 'Mesures de quoi composer des tableaux de bord',
  rule: `Conforme si la disponibilité d’au moins ${COMPARED} services CARINE est mesurée pour l’établissement ; partiel pour un seul ; non conforme pour aucun. La mesure porte sur la matière des tableaux de bord ; l’outil qui les compose est fourni avec Vigie.`,
  remediation:
    'Déclarez dans la page Supervision un équipement ou une adresse pour chaque service encore sans mesure.',
  evaluate: (values) => {
    const measured = values['supervision.services_measured']
    const figures = [figureOf('supervision.services_measured', measured)]
    if (measured < 1)
      return outcome(
        'non_compliant',
        'Aucun service n’est mesuré : il n’y a pas de quoi composer un tableau de bord.',
        figures,
      )
    return outcome(
      measured >= COMPARED ? 'compliant' : 'partial',
      `La disponibilité de ${counted(measured, 'service est mesurée', 'services est mesurée')}.`,
      figures,
    )
  },
})
