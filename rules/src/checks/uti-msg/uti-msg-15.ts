import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** Every message counts: 1 % only absorbs the edges of the measured window; below 90 % a whole server is silent. */
const FLOORS = { compliant: 0.99, partial: 0.9 }

export const utiMsg15 = defineCheck({
  requirement: 'UTI-MSG-15',
  version: 1,
  needs: ['mail.sent', 'mail.sent_authored'],
  bounded: [['mail.sent_authored', 'mail.sent']],
  title: 'Envois de courrier tracés',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des courriers envoyés que les journaux ont vus portent leur auteur, leur date et leur heure ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous. Les SMS ne sont pas mesurés.`,
  remediation:
    'Exigez une authentification à l’envoi sur le serveur de courrier et transmettez son journal au service de journaux.',
  evaluate: (values) =>
    shareOutcome({
      key: 'mail.sent_authored',
      part: values['mail.sent_authored'],
      whole: values['mail.sent'],
      floors: FLOORS,
      noun: ['courrier envoyé', 'courriers envoyés'],
      predicate: ['a son auteur au journal', 'ont leur auteur au journal'],
      left: ['courrier sans auteur', 'courriers sans auteur'],
      empty: 'Les journaux n’ont vu aucun courrier envoyé.',
    }),
})
