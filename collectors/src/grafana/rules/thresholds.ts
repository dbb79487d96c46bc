/** Value from which an alert fires; an académie may set another one within the bounds. */
export interface AlertThresholdDefinition {
  readonly default: number
  /** Unit as it is read after the number, in French. */
  readonly unit: string
  /** What the number means, in French. */
  readonly label: string
  readonly min: number
  readonly max: number
}

/**
 * Every alert that has a threshold. An alert that is missing here compares with something else: `OtpStockLow` with the
 * minimum set for each stock, `JournalBroken` and `VigieDown` with yes or no.
 */
export const ALERT_THRESHOLDS = {
  OtpBruteForce: {
    default: 20,
    unit: 'refus',
    label: 'Refus d’un même porteur en deux minutes',
    min: 13,
    max: 1_000,
  },
  OtpPasswordSpray: {
    default: 30,
    unit: 'identifiants',
    label: 'Identifiants en échec en deux minutes, connus ou inconnus',
    min: 5,
    max: 10_000,
  },
  OtpReplay: {
    default: 10,
    unit: 'rejeux',
    label: 'Codes présentés une seconde fois en deux minutes',
    min: 1,
    max: 1_000,
  },
  OtpLockBurst: {
    default: 5,
    unit: 'clés',
    label: 'Clés verrouillées en dix minutes',
    min: 1,
    max: 1_000,
  },
  OtpErrorBudgetBurn: {
    default: 0.1,
    unit: '%',
    label: 'Part des vérifications qui peuvent rester sans réponse sur trente jours',
    min: 0.01,
    max: 5,
  },
  OtpPathSilent: {
    default: 20,
    unit: 'vérifications',
    label:
      'Vérifications de la même demi-heure du jour ouvré précédent à partir desquelles un silence étonne',
    min: 5,
    max: 10_000,
  },
  OtpLatencyHigh: {
    default: 1,
    unit: 's',
    label: 'Durée que 99 % des vérifications ne dépassent pas',
    min: 0.05,
    max: 2.5,
  },
  OtpKeysExpiring: {
    default: 10,
    unit: 'clés',
    label: 'Clés qui atteignent leur fin de vie dans les trois mois',
    min: 1,
    max: 100_000,
  },
  BackupsLate: {
    default: 10,
    unit: '%',
    label: 'Part des établissements suivis dont la sauvegarde est en retard, par département',
    min: 0,
    max: 100,
  },
  CollectorSilent: {
    default: 5,
    unit: '%',
    label: 'Part des établissements qui ne transmettent plus rien, par département',
    min: 0,
    max: 100,
  },
  CollectorFailing: {
    default: 6,
    unit: 'heures',
    label: 'Temps écoulé depuis la dernière collecte réussie',
    min: 1,
    max: 168,
  },
  CertificateExpiring: {
    default: 21,
    unit: 'jours',
    label: 'Temps restant avant la fin de validité du certificat',
    min: 1,
    max: 90,
  },
  JournalNotVerified: {
    default: 26,
    unit: 'heures',
    label: 'Temps écoulé depuis la dernière vérification réussie du journal',
    min: 1,
    max: 744,
  },
  ConformityDrop: {
    default: 5,
    unit: 'points',
    label: 'Baisse de l’indice CARINE de l’académie en une semaine',
    min: 1,
    max: 100,
  },
  JobFailing: {
    default: 3,
    unit: 'échecs',
    label: 'Échecs d’une même tâche de fond en une heure',
    min: 1,
    max: 1_000,
  },
  DatabasePoolSaturated: {
    default: 90,
    unit: '%',
    label: 'Part des connexions à la base occupées alors que des demandes attendent',
    min: 50,
    max: 100,
  },
  EtablissementServiceDown: {
    default: 50,
    unit: '%',
    label: 'Part des cibles d’un service de l’établissement qui doivent répondre',
    min: 1,
    max: 100,
  },
} as const satisfies Readonly<Record<string, AlertThresholdDefinition>>

export type ThresholdAlert = keyof typeof ALERT_THRESHOLDS
