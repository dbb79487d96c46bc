import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % covers machines just arrived; below half, the two tools ignore each other. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const mcoPar4 = defineCheck({
  requirement: 'MCO-PAR-4',
  version: 1,
  needs: ['parc.machine.count', 'parc.machine.linked_to_supervision'],
  bounded: [['parc.machine.linked_to_supervision', 'parc.machine.count']],
  title: 'Parc relié à la supervision',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des machines sont rattachées à la supervision ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation: 'Rattachez d’abord à la supervision les serveurs et les équipements réseau du parc.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.machine.linked_to_supervision',
      part: values['parc.machine.linked_to_supervision'],
      whole: values['parc.machine.count'],
      floors: FLOORS,
      noun: ['machine', 'machines'],
      predicate: ['est rattachée à la supervision', 'sont rattachées à la supervision'],
      left: ['machine à rattacher', 'machines à rattacher'],
      empty: 'Aucune machine n’est connue dans le parc.',
    }),
})
