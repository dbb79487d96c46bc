import { valued, type GaugeFactory } from './gauge.ts'

interface Place {
  readonly academie: string
  readonly departement: string
}

const PLACE = ['academie', 'departement'] as const

/** Machines in service, with those seen by an agent within 30 days and those of more than seven years. */
export interface ParcReading {
  readonly kinds: readonly (Place & { readonly kind: string; readonly machines: number })[]
  readonly departements: readonly (Place & { readonly reporting: number; readonly aged: number })[]
}

/** Registers the gauges of the parc. */
export function createParcGauges(gauge: GaugeFactory) {
  const machines = gauge('parc_machines', 'Machines in service by kind.', [...PLACE, 'kind'])
  const reporting = gauge(
    'parc_machines_reporting',
    'Machines in service seen by an agent within 30 days.',
    PLACE,
  )
  const aged = gauge('parc_machines_aged', 'Machines in service of more than seven years.', PLACE)
  return {
    set: (reading: ParcReading): void => {
      machines.replace(reading.kinds.map((row) => ({ ...row, value: row.machines })))
      reporting.replace(reading.departements.map((row) => ({ ...row, value: row.reporting })))
      aged.replace(reading.departements.map((row) => ({ ...row, value: row.aged })))
    },
  }
}

/** Establishments whose backups something reports, and those whose newest success is too old. */
export type BackupReading = readonly (Place & { readonly watched: number; readonly late: number })[]

/** Registers the gauges of backups. */
export function createBackupGauges(gauge: GaugeFactory) {
  const watched = gauge('backup_watched_etablissements', 'Establishments whose backups are reported.', PLACE)
  const late = gauge(
    'backup_late_etablissements',
    'Establishments whose newest successful backup is more than two days old.',
    PLACE,
  )
  return {
    set: (reading: BackupReading): void => {
      watched.replace(reading.map((row) => ({ ...row, value: row.watched })))
      late.replace(reading.map((row) => ({ ...row, value: row.late })))
    },
  }
}

/** Collectors that Vigie runs itself, and the establishments that some collector informs no more. */
export interface CollectorReading {
  readonly collectors: readonly {
    readonly collector: string
    readonly success: boolean
    readonly durationSeconds: number
    /** Unix time; null when it never succeeded. */
    readonly lastSuccess: number | null
  }[]
  readonly silent: readonly (Place & { readonly etablissements: number })[]
}

/** Registers the gauges of collectors. */
export function createCollectorGauges(gauge: GaugeFactory) {
  const success = gauge(
    'collector_success',
    'Whether the newest run of the collector succeeded; finding nothing is a success.',
    ['collector'],
  )
  const duration = gauge('collector_duration_seconds', 'Duration of the newest run of the collector.', [
    'collector',
  ])
  const lastSuccess = gauge(
    'collector_last_success_timestamp_seconds',
    'Start of the newest run of the collector that succeeded.',
    ['collector'],
  )
  const silent = gauge(
    'collector_silent_etablissements',
    'Establishments that a collector informed once, and of which all that it told is past its freshness.',
    PLACE,
  )
  return {
    set: (reading: CollectorReading): void => {
      const collectors = reading.collectors
      success.replace(collectors.map((row) => ({ ...row, value: row.success ? 1 : 0 })))
      duration.replace(collectors.map((row) => ({ ...row, value: row.durationSeconds })))
      lastSuccess.replace(valued(collectors, (row) => row.lastSuccess))
      silent.replace(reading.silent.map((row) => ({ ...row, value: row.etablissements })))
    },
  }
}
