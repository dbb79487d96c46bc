import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** Search and statistics are worth what is described: 10 % covers machines whose firmware names nothing. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const mcoPar3 = defineCheck({
  requirement: 'MCO-PAR-3',
  version: 1,
  needs: ['parc.machine.count', 'parc.machine.searchable'],
  bounded: [['parc.machine.searchable', 'parc.machine.count']],
  title: 'Recherche et statistiques sur le parc',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des machines se retrouvent par nom, numéro de série, type et modèle ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Complétez dans la page Parc le nom, le numéro de série, le type et le modèle des machines restantes.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.machine.searchable',
      part: values['parc.machine.searchable'],
      whole: values['parc.machine.count'],
      floors: FLOORS,
      noun: ['machine', 'machines'],
      predicate: [
        'se retrouve par nom, numéro de série, type et modèle',
        'se retrouvent par nom, numéro de série, type et modèle',
      ],
      left: ['machine à décrire', 'machines à décrire'],
      empty: 'Aucune machine n’est connue dans le parc.',
    }),
})
