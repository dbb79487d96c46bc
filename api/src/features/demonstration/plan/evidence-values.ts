import type { EvidenceKey, EvidenceValue } from '@vigie/rules'

/** Systems that report to Vigie in the demonstration, under the names that screens show. */
export const SOURCES = {
  prometheus: 'Prometheus du rectorat',
  sauvegarde: 'Console de sauvegarde',
  journaux: 'Collecteur de journaux',
  annuaire: 'Sonde d’annuaire',
  reseau: 'Pare-feu académique',
  parc: 'Gestion des postes',
} as const
export type SourceId = keyof typeof SOURCES

/** What a key shows when all is well, when it is so-so and when it is bad; `n` is the number of workstations. */
export interface ObservableKey {
  readonly key: EvidenceKey
  readonly source: SourceId
  readonly good: (n: number) => EvidenceValue
  readonly fair: (n: number) => EvidenceValue
  readonly bad: (n: number) => EvidenceValue
  /** A count of workstations: observed only where agents know some. */
  readonly ofMachines: boolean
}

type Triple = readonly [key: EvidenceKey, good: EvidenceValue, fair: EvidenceValue, bad: EvidenceValue]

const fixed = (source: SourceId, triples: readonly Triple[]): ObservableKey[] =>
  triples.map(([key, good, fair, bad]) => ({
    key,
    source,
    good: () => good,
    fair: () => fair,
    bad: () => bad,
    ofMachines: false,
  }))

const flags = (source: SourceId, ...keys: EvidenceKey[]): ObservableKey[] =>
  fixed(
    source,
    keys.map((key) => [key, true, false, false] as const),
  )

/** Shares of the workstations: all, two thirds, one in four. */
const shares = (...keys: EvidenceKey[]): ObservableKey[] =>
  keys.map((key) => ({
    key,
    source: 'parc',
    good: (n: number) => n,
    fair: (n: number) => Math.ceil((n * 2) / 3),
    bad: (n: number) => Math.floor(n / 4),
    ofMachines: true,
  }))

/** Everything that the demonstration's systems can observe; what the inventory agents prove comes from inventories. */
export const OBSERVABLE: readonly ObservableKey[] = [
  ...fixed('prometheus', [
    ['supervision.targets', 9, 6, 3],
    ['supervision.targets_up', 9, 5, 1],
    ['supervision.probe_success_ratio', 0.998, 0.93, 0.61],
    ['supervision.availability_30d', 0.997, 0.962, 0.74],
    ['supervision.disk_free_ratio', 0.46, 0.13, 0.03],
    ['supervision.bandwidth_used_ratio', 0.22, 0.61, 0.93],
    ['backup.last_success_age', 9, 41, 330],
    ['backup.success_ratio_30d', 0.98, 0.83, 0.35],
    ['logs.storage_free_ratio', 0.46, 0.13, 0.03],
    ['logs.days_until_full', 180, 24, 4],
    ['network.bandwidth_saturation', 0.02, 0.09, 0.31],
  ]),
  ...flags('prometheus', 'supervision.disk_metrics', 'supervision.bandwidth_metrics', 'supervision.alerting'),
  ...flags(
    'prometheus',
    'supervision.dashboard',
    'supervision.remote_admin',
    'supervision.access_authenticated',
    'supervision.aggregated',
  ),
  ...fixed('sauvegarde', [
    ['backup.schedule_interval', 24, 72, 0],
    ['backup.versions_kept', 14, 3, 1],
    ['backup.restore_test_age', 38, 210, 900],
    ['backup.admin_workstation_covered', 1, 0.7, 0.2],
  ]),
  ...flags(
    'sauvegarde',
    'backup.remote_copy',
    'backup.centralised',
    'backup.encrypted_in_transit',
    'backup.encrypted_at_rest',
    'backup.logged',
  ),
  ...fixed('journaux', [
    ['logs.structured_ratio', 1, 0.86, 0.3],
    ['logs.retention', 365, 200, 45],
    ['auth.attempts_logged_ratio', 1, 0.9, 0.4],
  ]),
  ...flags('journaux', 'logs.external_archive', 'logs.transport_encrypted', 'logs.access_restricted'),
  ...fixed('annuaire', [
    ['directory.anonymous_bind', false, true, true],
    ['directory.sync_age', 6, 60, 400],
    ['directory.private_attributes', 0, 2, 14],
    ['directory.shared_accounts', 0, 2, 9],
    ['auth.password_min_length', 12, 9, 6],
    ['auth.password_max_age', 180, 400, 0],
    ['auth.password_cleartext_count', 0, 1, 12],
  ]),
  ...flags(
    'annuaire',
    'directory.standard_queries',
    'directory.audit_enabled',
    'directory.transport_encrypted',
    'auth.login_required',
    'auth.strong_available',
    'auth.sso',
    'auth.password_change_first_login',
  ),
  ...fixed('reseau', [['network.filtering_list_age', 1, 12, 90]]),
  ...flags(
    'reseau',
    'network.filtering_active',
    'network.access_controlled',
    'network.central_administration',
  ),
  ...fixed('parc', [['regeneration.master.age', 60, 220, 700]]),
  ...flags('parc', 'regeneration.automated', 'regeneration.remote'),
  ...shares(
    'parc.workstation.master_conform',
    'parc.workstation.user_without_admin',
    'parc.workstation.autolock',
    'parc.workstation.login_required',
  ),
]
