import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** The law suffers no exception: every disposal is documented; below half, it is not organised. */
const FLOORS = { compliant: 1, partial: 0.5 }

export const mcoPar11 = defineCheck({
  requirement: 'MCO-PAR-11',
  version: 1,
  needs: ['parc.retired.count', 'parc.retired.documented'],
  bounded: [['parc.retired.documented', 'parc.retired.count']],
  title: 'Mises au rebut documentées',
  rule: `Conforme si la filière de chaque mise au rebut est enregistrée (recyclage, don, vente) ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Notez dans la page Parc la filière de chaque machine mise au rebut et gardez le bordereau de l’éco-organisme ou l’acte de cession.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.retired.documented',
      part: values['parc.retired.documented'],
      whole: values['parc.retired.count'],
      floors: FLOORS,
      noun: ['mise au rebut', 'mises au rebut'],
      predicate: ['a sa filière enregistrée', 'ont leur filière enregistrée'],
      left: ['mise au rebut à documenter', 'mises au rebut à documenter'],
      empty: 'Aucune mise au rebut n’est enregistrée.',
    }),
})
