import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** An option: 10 % covers agents that report no software; below half, there is no software inventory. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const mcoPar13 = defineCheck({
  requirement: 'MCO-PAR-13',
  version: 1,
  needs: ['parc.machine.count', 'parc.machine.software_known'],
  bounded: [['parc.machine.software_known', 'parc.machine.count']],
  title: 'Logiciels inventoriés',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des machines ont leurs logiciels inventoriés ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation: 'Activez l’inventaire des logiciels dans l’agent des machines restantes.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.machine.software_known',
      part: values['parc.machine.software_known'],
      whole: values['parc.machine.count'],
      floors: FLOORS,
      noun: ['machine', 'machines'],
      predicate: ['a ses logiciels inventoriés', 'ont leurs logiciels inventoriés'],
      left: ['machine à inventorier', 'machines à inventorier'],
      empty: 'Aucune machine n’est connue dans le parc.',
    }),
})
