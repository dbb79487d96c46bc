import { ALERT_THRESHOLDS, ALERTS, runbookPath, type ThresholdAlert } from '@vigie/collectors'
import type { AlertThreshold } from './schema.ts'

/** A threshold that an académie set. */
export interface SetThreshold {
  readonly value: number
  readonly updatedAt: Date
  readonly updatedBy: string | null
}

/** The summary of an alert names its place where it fires; a list has none. */
const withoutPlace = (summary: string): string =>
  summary.replace(/ (?:dans le département|de l’académie) \{\{[^}]*\}\}| \{\{[^}]*\}\}/g, '')

/** In: an alert, what the académie set, or null. Out: the row that screens show. */
export function presentThreshold(
  academie: string,
  alert: ThresholdAlert,
  set: SetThreshold | null,
): AlertThreshold {
  const definition = ALERTS.find(({ name }) => name === alert)
  if (!definition) throw new Error(`no definition of the alert ${alert}`)
  const threshold = ALERT_THRESHOLDS[alert]
  return {
    academie,
    alert,
    label: threshold.label,
    summary: withoutPlace(definition.summary),
    severity: definition.severity,
    unit: threshold.unit,
    default: threshold.default,
    min: threshold.min,
    max: threshold.max,
    value: set?.value ?? threshold.default,
    updatedAt: set?.updatedAt.toISOString() ?? null,
    updatedBy: set?.updatedBy ?? null,
    runbook: runbookPath(alert),
  }
}
