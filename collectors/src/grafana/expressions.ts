/** Labels of the gauges that Vigie reads in its database: the same on every process, so never to be added across them. */
const READ_IN_DATABASE = {
  carine_points: ['academie', 'departement', 'service', 'level'],
  carine_points_possible: ['academie', 'departement', 'service', 'level'],
  carine_academie_score: ['academie'],
  carine_departement_score: ['academie', 'departement'],
  carine_coverage_ratio: ['academie', 'departement'],
  carine_etablissements: ['academie', 'departement', 'degree'],
  carine_contradictions: ['academie', 'departement'],
  carine_derogations: ['academie', 'departement'],
  carine_score: ['academie', 'departement', 'uai'],
  carine_etablissement_exige_ratio: ['academie', 'departement', 'uai'],
  carine_etablissement_coverage_ratio: ['academie', 'departement', 'uai'],
  carine_etablissement_family_exige_ratio: ['academie', 'departement', 'uai', 'family'],
  parc_etablissement_machines: ['academie', 'departement', 'uai'],
  parc_machines: ['academie', 'departement', 'kind'],
  parc_machines_reporting: ['academie', 'departement'],
  parc_machines_aged: ['academie', 'departement'],
  backup_watched_etablissements: ['academie', 'departement'],
  backup_late_etablissements: ['academie', 'departement'],
  collector_success: ['collector'],
  collector_duration_seconds: ['collector'],
  collector_last_success_timestamp_seconds: ['collector'],
  collector_silent_etablissements: ['academie', 'departement'],
  journal_verified_timestamp_seconds: [],
  journal_whole: [],
  journal_pending_entries: [],
  incidents_open: ['academie', 'severity'],
  incident_acknowledge_seconds: ['academie'],
  incident_resolve_seconds: ['academie'],
  alert_threshold: ['academie', 'alert'],
  otp_keys: ['departement', 'state'],
  otp_keys_available: ['departement'],
  otp_keys_minimum: ['departement'],
  otp_keys_expiring: ['horizon'],
  otp_max_failures_per_source: ['window'],
} as const

export type DatabaseGauge = keyof typeof READ_IN_DATABASE

const by = (labels: readonly string[]): string => (labels.length > 0 ? ` by (${labels.join(', ')})` : '')
const selected = (metric: string, selector: string): string => (selector ? `${metric}{${selector}}` : metric)

/** What a gauge of the database says, once for all processes. In: matchers, for example `academie="98"`. */
export const gauge = (metric: DatabaseGauge, selector = ''): string =>
  `max${by(READ_IN_DATABASE[metric])} (${selected(metric, selector)})`

/** The sum of what it says, by fewer labels. */
export const total = (metric: DatabaseGauge, labels: readonly string[], selector = ''): string =>
  `sum${by(labels)} (${gauge(metric, selector)})`

/** Matchers of what the reader chose in the variables of the dashboard. */
export const ACADEMIE = 'academie="$academie"'
export const DEPARTEMENTS = 'academie="$academie", departement=~"$departement"'
export const ETABLISSEMENT = 'uai="$uai"'

/** Share of the points of a level, by these labels. */
export const pointsRatio = (level: 'E' | 'R', labels: readonly string[], selector: string): string =>
  `${total('carine_points', labels, `${selector}, level="${level}"`)} / ${total('carine_points_possible', labels, `${selector}, level="${level}"`)}`

/** Mean of the coverage of départements, each weighing as many establishments as it has. */
export const coverage = (labels: readonly string[], selector: string): string => {
  const each = total('carine_etablissements', ['academie', 'departement'], selector)
  return `sum${by(labels)} (${gauge('carine_coverage_ratio', selector)} * ${each}) / sum${by(labels)} (${each})`
}

/** Number of alerts that fire now, 0 when none does. */
export const firing = (selector: string): string =>
  `count(ALERTS{alertstate="firing", ${selector}}) or vector(0)`

/** An aggregation by background task. */
export const byTask = (aggregation: 'sum' | 'max', measure: string): string =>
  `${aggregation} by (task) (${measure})`
