import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % covers machines whose firmware names nobody; below half, the inventory cannot be sorted. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const mcoPar2 = defineCheck({
  requirement: 'MCO-PAR-2',
  version: 1,
  needs: ['parc.machine.count', 'parc.machine.categorised'],
  bounded: [['parc.machine.categorised', 'parc.machine.count']],
  title: 'Matériels catégorisés',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des machines ont un type, un fabricant et un modèle connus ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation: 'Complétez dans la page Parc le type, le fabricant et le modèle des machines restantes.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.machine.categorised',
      part: values['parc.machine.categorised'],
      whole: values['parc.machine.count'],
      floors: FLOORS,
      noun: ['machine', 'machines'],
      predicate: [
        'a un type, un fabricant et un modèle connus',
        'ont un type, un fabricant et un modèle connus',
      ],
      left: ['machine à décrire', 'machines à décrire'],
      empty: 'Aucune machine n’est connue dans le parc.',
    }),
})
