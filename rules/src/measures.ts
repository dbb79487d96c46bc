import type { EvidenceKey } from './evidence.ts'
import { typeset } from './wording.ts'

type Measures = Readonly<Partial<Record<EvidenceKey, string>>>

const typesetAll = (measures: Measures): Measures =>
  Object.fromEntries(Object.entries(measures).map(([key, why]) => [key, typeset(why)]))

/** Keys that no check reads, with the reason: screens show them, and other keys are worked out from them. */
export const MEASURES: Measures = typesetAll({
  'supervision.disk_free_ratio':
    'L’exigence porte sur la mesure, non sur la place ; les seuils font l’alerte.',
  'supervision.bandwidth_used_ratio':
    'L’exigence porte sur la mesure, non sur le débit ; les seuils font l’alerte.',
  'logs.retention':
    'Chaque source se compare à sa durée légale : voir les sources trop courtes et trop longues.',
  'logs.continuity_ratio':
    'Aucune exigence ne porte sur le silence d’une source ; la page Journaux le montre.',
  'directory.certificate_days': 'Prévient avant que le chiffrement de l’annuaire ne tombe.',
  'network.certificate_days': 'Prévient avant qu’un service ne devienne injoignable.',
  'mail.spf': 'CARINE ne demande rien de l’expéditeur affiché ; la mesure éclaire le filtrage du courrier.',
  'mail.dkim': 'CARINE ne demande rien de la signature du courrier ; la mesure éclaire le filtrage.',
  'mail.dmarc':
    'CARINE ne demande rien de la consigne donnée aux destinataires ; la mesure éclaire le filtrage.',
  'mail.starttls': 'CARINE ne demande rien des échanges entre serveurs ; la mesure éclaire l’accès chiffré.',
  'parc.machine.dated': 'Sert à dire l’âge du parc.',
  'parc.machine.over_7_years': 'Sert à dire l’âge du parc.',
  'parc.workstation.updated_60d':
    'Sert à suivre les mises à jour ; l’exigence porte sur les correctifs encore publiés.',
})
