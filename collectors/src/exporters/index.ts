export { createConformityGauges, type ConformityReading } from './conformity-gauges.ts'
export { createEtablissementGauges, type EtablissementReading } from './etablissement-gauges.ts'
export { createFailureGauges, type FailureReading } from './failure-gauges.ts'
export {
  createFailureWindows,
  FAILURE_WINDOWS,
  type FailureWindow,
  type FailureWindows,
} from './failure-windows.ts'
export {
  createBackupGauges,
  createCollectorGauges,
  createParcGauges,
  type BackupReading,
  type CollectorReading,
  type ParcReading,
} from './field-gauges.ts'
export { textGauges, type GaugeFactory } from './gauge.ts'
export { createKeyGauges, type KeyReading } from './key-gauges.ts'
export { createLiveStreams, type LiveStreams } from './live-streams.ts'
export { createOtpMeters, type OtpMeters } from './otp-meters.ts'
export {
  createIncidentGauges,
  createJobGauges,
  createJournalGauges,
  createThresholdGauges,
  type IncidentReading,
  type JobReading,
  type JournalReading,
  type ThresholdReading,
} from './platform-gauges.ts'
export {
  createHttpMeters,
  createJobMeters,
  createPoolGauges,
  createScrapeGauges,
  type HttpMeters,
  type JobMeters,
} from './process-meters.ts'
export { createSyslogMeters, type RefusedPeer, type SyslogMeters } from './syslog-meters.ts'
