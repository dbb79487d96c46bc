/** Every status a screen shows, in the order of a legend. */
export const STATUSES = [
  'compliant',
  'partial',
  'non_compliant',
  'contradiction',
  'unknown',
  'derogation',
  'not_applicable',
] as const

export type Status = (typeof STATUSES)[number]

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  compliant: 'Conforme',
  partial: 'Partiel',
  non_compliant: 'Non conforme',
  contradiction: 'Contradiction',
  unknown: 'Sans preuve',
  derogation: 'Dérogation',
  not_applicable: 'Sans objet',
}

export const STATUS_MEANINGS: Readonly<Record<Status, string>> = {
  compliant: 'Une preuve récente, ou une déclaration en cours, montre que l’exigence est tenue.',
  partial: 'L’exigence est tenue en partie : elle compte pour moitié.',
  non_compliant: 'Une preuve montre que l’exigence n’est pas tenue.',
  contradiction:
    'La preuve et la déclaration se contredisent : la moins favorable compte, en attendant l’arbitrage.',
  unknown: 'Rien ne permet encore de conclure : jamais vu, preuve périmée ou collecte muette.',
  derogation: 'Une recommandation écartée pour un temps, avec l’accord du RSSI.',
  not_applicable: 'L’exigence ne concerne pas cet établissement : elle ne compte pas.',
}

export type UnknownReason = 'never_observed' | 'stale' | 'collector_failed'

export const UNKNOWN_WORDS: Readonly<Record<UnknownReason, string>> = {
  never_observed: 'jamais vu',
  stale: 'périmé',
  collector_failed: 'collecte muette',
}

/** In: anything. Out: the status it names; `unknown` otherwise, for nothing unproved looks compliant. */
export const statusOf = (value: unknown): Status => STATUSES.find((status) => status === value) ?? 'unknown'
