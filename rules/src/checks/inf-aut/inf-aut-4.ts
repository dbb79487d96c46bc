import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % leaves room for machines being renewed; below half, the display is an exception. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const infAut4 = defineCheck({
  requirement: 'INF-AUT-4',
  version: 1,
  needs: ['parc.workstation.shared_count', 'parc.workstation.shared_user_visible'],
  bounded: [['parc.workstation.shared_user_visible', 'parc.workstation.shared_count']],
  title: 'Utilisateur connecté visible sur les postes partagés',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes partagés affichent qui a ouvert la session ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Faites afficher par stratégie le nom de l’utilisateur sur le bureau ou l’écran de verrouillage des postes partagés.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.shared_user_visible',
      part: values['parc.workstation.shared_user_visible'],
      whole: values['parc.workstation.shared_count'],
      floors: FLOORS,
      noun: ['poste partagé', 'postes partagés'],
      predicate: ['affiche qui a ouvert la session', 'affichent qui a ouvert la session'],
      left: ['poste à régler', 'postes à régler'],
      empty: 'Aucun poste partagé n’est connu dans le parc.',
    }),
})
