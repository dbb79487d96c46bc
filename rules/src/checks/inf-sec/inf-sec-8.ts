import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { days } from '../../wording.ts'

/** Days: the lists change every day; a week is a missed cycle, a month is a forgotten one. */
const CEILINGS = { compliant: 7, partial: 30 }

export const infSec8 = defineCheck({
  requirement: 'INF-SEC-8',
  version: 2,
  needs: ['network.filtering_active', 'network.filtering_list_age'],
  title: 'Listes nationales de filtrage utilisées',
  rule: `Conforme si le filtrage est en service avec des listes de l’université de Toulouse d’au plus ${days(CEILINGS.compliant)} ; partiel jusqu’à ${days(CEILINGS.partial)} ; non conforme au-delà ou sans filtrage.`,
  remediation:
    'Faites rétablir la mise à jour quotidienne des listes de l’université de Toulouse sur l’équipement de filtrage.',
  faults: [
    faultWhen(['network.filtering_active'], (values) =>
      values['network.filtering_active'] ? null : 'Le filtrage des contenus n’est pas en service.',
    ),
  ],
  evaluate: (values) => {
    const active = values['network.filtering_active']
    const age = values['network.filtering_list_age']
    const figures = [
      figureOf('network.filtering_active', active),
      figureOf('network.filtering_list_age', age),
    ]
    if (!active) return outcome('non_compliant', 'Le filtrage des contenus n’est pas en service.', figures)
    return outcome(
      verdictOfCeiling(age, CEILINGS),
      `Le filtrage est en service ; ses listes datent de ${days(age)}.`,
      figures,
    )
  },
})
