import { defineCheck } from '../../check.ts'
import { RESOLUTION_HOURS } from '../../incidents/delays.ts'
import { shareOutcome, type Thresholds } from '../../outcome.ts'
import { duration, percent } from '../../wording.ts'

/** Share of requests answered within the delays of the CGU. */
const ANSWERED: Thresholds = { compliant: 0.9, partial: 0.7 }

const { critical, warning, info } = RESOLUTION_HOURS

export const mcoSei3 = defineCheck({
  requirement: 'MCO-SEI-3',
  version: 1,
  needs: ['incident.requests_due_12m', 'incident.requests_answered_12m'],
  bounded: [['incident.requests_answered_12m', 'incident.requests_due_12m']],
  title: 'Demandes des utilisateurs recueillies et suivies de réponse',
  rule: `Conforme si au moins ${percent(ANSWERED.compliant)} des demandes des 12 derniers mois ont reçu leur réponse dans le délai (${duration(critical)}, ${duration(warning)} ou ${duration(info)} selon leur gravité) ; partiel à partir de ${percent(ANSWERED.partial)} ; non conforme en dessous. Sans aucune demande en 12 mois, rien n’est prouvé.`,
  remediation:
    'Répondez aux demandes en attente, la plus ancienne d’abord, et confiez chacune à une personne dès son arrivée.',
  evaluate: (values) =>
    shareOutcome({
      key: 'incident.requests_answered_12m',
      part: values['incident.requests_answered_12m'],
      whole: values['incident.requests_due_12m'],
      floors: ANSWERED,
      noun: ['demande', 'demandes'],
      predicate: ['a reçu sa réponse à temps', 'ont reçu leur réponse à temps'],
      left: ['demande sans réponse à temps', 'demandes sans réponse à temps'],
      empty: 'Aucune demande n’a été déposée.',
    }),
})
