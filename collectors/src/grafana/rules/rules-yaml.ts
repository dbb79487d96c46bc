import { stringify } from 'yaml'
import { ALERT_GROUPS } from './alerts/index.ts'
import { RECORDING_GROUPS } from './recordings/index.ts'
import type { AlertDefinition, AlertGroup, RecordingGroup } from './rule.ts'

const HEADER = '# Écrit par « vigie rules » : ne pas modifier à la main. Les seuils se règlent dans Vigie.\n'

/** Address under which the page of runbooks is shown, behind the public one. */
const RUNBOOKS = '/exploitation/alertes'

/** Anchor of an alert's runbook: its name in lower case. */
export const runbookAnchor = (alert: string): string => alert.toLowerCase()

const write = (groups: readonly object[]): string =>
  HEADER + stringify({ groups }, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false })

/** In: a definition. Out: the labels that each of its alerts carries. */
export const labelsOf = ({ severity, service, requirement }: AlertDefinition): Record<string, string> => ({
  severity,
  ...(service === undefined ? {} : { service }),
  ...(requirement === undefined ? {} : { requirement }),
})

/** Address of an alert's runbook within Vigie. */
export const runbookPath = (alert: string): string => `${RUNBOOKS}#${runbookAnchor(alert)}`

export const runbookUrl = (alert: string, publicUrl: string): string =>
  `${publicUrl.replace(/\/+$/, '')}${runbookPath(alert)}`

/** In: groups, all of them unless told. Out: the recording rules, as a Prometheus rule file. */
export const recordingYaml = (groups: readonly RecordingGroup[] = RECORDING_GROUPS): string =>
  write(
    groups.map(({ name, interval, rules }) => ({
      name,
      ...(interval === null ? {} : { interval }),
      rules: rules.map(({ record, expr }) => ({ record, expr })),
    })),
  )

/** In: Vigie's address as operators open it; groups, all of them unless told. Out: the alerting rules, as a Prometheus rule file. */
export const alertingYaml = (publicUrl: string, groups: readonly AlertGroup[] = ALERT_GROUPS): string =>
  write(
    groups.map(({ name, alerts }) => ({
      name,
      rules: alerts.map((alert) => ({
        alert: alert.name,
        expr: alert.expr,
        ...(alert.for === null ? {} : { for: alert.for }),
        labels: labelsOf(alert),
        annotations: {
          summary: alert.summary,
          description: alert.description,
          runbook_url: runbookUrl(alert.name, publicUrl),
        },
      })),
    })),
  )
