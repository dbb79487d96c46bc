import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % covers gifts and old machines without a bill; below half, no replacement can be planned. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const mcoPar5 = defineCheck({
  requirement: 'MCO-PAR-5',
  version: 1,
  needs: ['parc.machine.count', 'parc.machine.cost_known'],
  bounded: [['parc.machine.cost_known', 'parc.machine.count']],
  title: 'Coût et remplacement des matériels',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des machines ont une date et un prix d’achat connus ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous. Les critères de remplacement se vérifient à l’audit.`,
  remediation:
    'Reportez dans la page Parc la date et le prix d’achat des machines restantes, d’après les factures de la collectivité.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.machine.cost_known',
      part: values['parc.machine.cost_known'],
      whole: values['parc.machine.count'],
      floors: FLOORS,
      noun: ['machine', 'machines'],
      predicate: ['a une date et un prix d’achat connus', 'ont une date et un prix d’achat connus'],
      left: ['machine à compléter', 'machines à compléter'],
      empty: 'Aucune machine n’est connue dans le parc.',
    }),
})
