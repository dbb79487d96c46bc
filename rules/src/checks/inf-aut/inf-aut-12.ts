import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A biometric trait cannot be changed once leaked: every device counts; 10 % is a batch just handed out. */
const FLOORS = { compliant: 1, partial: 0.9 }

export const infAut12 = defineCheck({
  requirement: 'INF-AUT-12',
  version: 1,
  needs: ['mobile.individual_count', 'mobile.biometric_local'],
  bounded: [['mobile.biometric_local', 'mobile.individual_count']],
  title: 'Donnée biométrique gardée sur le mobile',
  rule: `Conforme si, sur chaque mobile individuel géré, la donnée biométrique ne quitte pas le terminal ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Réglez l’outil de gestion des mobiles pour que la donnée biométrique reste dans le terminal, ou désactivez la biométrie sur les mobiles restants.',
  evaluate: (values) =>
    shareOutcome({
      key: 'mobile.biometric_local',
      part: values['mobile.biometric_local'],
      whole: values['mobile.individual_count'],
      floors: FLOORS,
      noun: ['mobile', 'mobiles'],
      predicate: [
        'garde sa donnée biométrique sur le terminal',
        'gardent leur donnée biométrique sur le terminal',
      ],
      left: ['mobile à régler', 'mobiles à régler'],
      empty: 'Aucun mobile individuel n’est géré.',
    }),
})
