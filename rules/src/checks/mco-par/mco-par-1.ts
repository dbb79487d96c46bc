import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** 10 % covers machines put away for the term; below 70 % the inventory describes another school. */
const FLOORS = { compliant: 0.9, partial: 0.7 }

export const mcoPar1 = defineCheck({
  requirement: 'MCO-PAR-1',
  version: 1,
  needs: ['parc.machine.count', 'parc.machine.reporting_30d'],
  bounded: [['parc.machine.reporting_30d', 'parc.machine.count']],
  title: 'Inventaire du parc tenu à jour',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des machines du parc ont été vues depuis 30 jours ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous ou si le parc est vide.`,
  remediation:
    'Retrouvez les machines qui ne répondent plus : rangées, perdues ou au rebut, notez leur état dans la page Parc ; en service, réinstallez leur agent.',
  evaluate: (values) => {
    const decided = shareOutcome({
      key: 'parc.machine.reporting_30d',
      part: values['parc.machine.reporting_30d'],
      whole: values['parc.machine.count'],
      floors: FLOORS,
      noun: ['machine', 'machines'],
      predicate: ['a été vue depuis 30 jours', 'ont été vues depuis 30 jours'],
      left: ['machine à retrouver', 'machines à retrouver'],
      empty: 'Aucune machine n’est inventoriée.',
    })
    return decided.verdict === 'not_applicable' ? { ...decided, verdict: 'non_compliant' } : decided
  },
})
