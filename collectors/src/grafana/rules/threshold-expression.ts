import { ALERT_THRESHOLDS, type ThresholdAlert } from './thresholds.ts'

const valuesOf = (alert: ThresholdAlert): string => `alert_threshold{alert="${alert}"}`

/**
 * Threshold of a measure that no académie labels: the lowest that an académie set. A number whatever happens to Vigie:
 * the default stands in while the metric is absent, so that its silence does not silence the alert.
 */
export const overallThreshold = (alert: ThresholdAlert): string =>
  `scalar(min(${valuesOf(alert)}) or vector(${ALERT_THRESHOLDS[alert].default}))`

/** Threshold by académie, for the académies that `measure` names; the default where none is known. */
export const academieThreshold = (alert: ThresholdAlert, measure: string): string =>
  `(max by (academie) (${valuesOf(alert)}) or max by (academie) (${measure}) * 0 + ${ALERT_THRESHOLDS[alert].default})`
