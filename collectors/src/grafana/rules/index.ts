export { ALERT_GROUPS, ALERTS } from './alerts/index.ts'
export { RECORDING_GROUPS, RECORDINGS } from './recordings/index.ts'
export type {
  AlertDefinition,
  AlertGroup,
  CaseSeries,
  RecordingGroup,
  RecordingRule,
  RuleCase,
  Severity,
} from './rule.ts'
export { alertTestYaml, recordingTestYaml } from './rule-tests-yaml.ts'
export { alertingYaml, recordingYaml, runbookAnchor, runbookPath, runbookUrl } from './rules-yaml.ts'
export { ALERT_THRESHOLDS, type AlertThresholdDefinition, type ThresholdAlert } from './thresholds.ts'
