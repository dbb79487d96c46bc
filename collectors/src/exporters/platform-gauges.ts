import { only, valued, type GaugeFactory } from './gauge.ts'

/** The journal: Unix time of the last verification that proved it whole, outcome of the newest one; null: none yet. */
export interface JournalReading {
  readonly verifiedAt: number | null
  readonly whole: boolean | null
  readonly pending: number
}

/** Registers the gauges of the journal. */
export function createJournalGauges(gauge: GaugeFactory) {
  const verified = gauge('journal_verified_timestamp_seconds', 'Last time that the journal was proven whole.')
  const whole = gauge('journal_whole', 'Whether the newest verification proved the journal whole.')
  const pending = gauge('journal_pending_entries', 'Entries of the journal that wait for the next sealing.')
  return {
    set: (reading: JournalReading): void => {
      verified.replace(only(reading.verifiedAt))
      whole.replace(only(reading.whole === null ? null : Number(reading.whole)))
      pending.replace(only(reading.pending))
    },
  }
}

/** Newest run of each background job over all processes; Unix time of its last success. */
export type JobReading = readonly {
  readonly task: string
  readonly durationSeconds: number | null
  readonly lastSuccess: number | null
}[]

/** Registers the gauges of jobs. */
export function createJobGauges(gauge: GaugeFactory) {
  const duration = gauge('job_duration_seconds', 'Duration of the last run of the job.', ['task'])
  const lastSuccess = gauge(
    'job_last_success_timestamp_seconds',
    'End of the last run of the job that succeeded.',
    ['task'],
  )
  return {
    set: (reading: JobReading): void => {
      duration.replace(valued(reading, (row) => row.durationSeconds))
      lastSuccess.replace(valued(reading, (row) => row.lastSuccess))
    },
  }
}

/** Incidents of each académie; means over 30 days, null without data. */
export interface IncidentReading {
  readonly open: readonly { readonly academie: string; readonly severity: string; readonly count: number }[]
  readonly delays: readonly {
    readonly academie: string
    readonly acknowledgeSeconds: number | null
    readonly resolveSeconds: number | null
  }[]
}

/** Registers the gauges of incidents. */
export function createIncidentGauges(gauge: GaugeFactory) {
  const open = gauge('incidents_open', 'Incidents that are not resolved, by severity.', [
    'academie',
    'severity',
  ])
  const acknowledge = gauge(
    'incident_acknowledge_seconds',
    'Mean time to acknowledge of the incidents acknowledged within 30 days.',
    ['academie'],
  )
  const resolve = gauge(
    'incident_resolve_seconds',
    'Mean time to resolve of the incidents resolved within 30 days.',
    ['academie'],
  )
  return {
    set: (reading: IncidentReading): void => {
      open.replace(reading.open.map((row) => ({ ...row, value: row.count })))
      acknowledge.replace(valued(reading.delays, (row) => row.acknowledgeSeconds))
      resolve.replace(valued(reading.delays, (row) => row.resolveSeconds))
    },
  }
}

/** Value from which each alert fires in each académie. */
export type ThresholdReading = readonly {
  readonly academie: string
  readonly alert: string
  readonly value: number
}[]

/** Registers the gauge of thresholds, which the alerting rules compare with. */
export function createThresholdGauges(gauge: GaugeFactory) {
  const threshold = gauge(
    'alert_threshold',
    'Value from which the alert fires in the académie, in the unit of the alert.',
    ['academie', 'alert'],
  )
  return { set: (reading: ThresholdReading): void => threshold.replace(reading) }
}
