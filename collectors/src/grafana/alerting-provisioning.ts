import { stringify } from 'yaml'
import { ALERT_GROUPS } from './rules/alerts/index.ts'
import type { AlertDefinition } from './rules/rule.ts'
import { labelsOf, runbookUrl } from './rules/rules-yaml.ts'

/** Data source of the provisioned rules: the one of `provisioning/datasources`. */
export const DATASOURCE_UID = 'vigie-prometheus'
const FOLDER = 'Vigie'
const RECEIVER = 'Vigie'

const HEADER = '# Écrit par « vigie dashboards --alerting » : ne pas modifier à la main.\n'
const write = (content: object): string =>
  HEADER + stringify({ apiVersion: 1, ...content }, { lineWidth: 0, aliasDuplicateObjects: false })

/**
 * A text of a Prometheus rule for Grafana: the value is that of query A. Written without `$`, which provisioning takes
 * for variables of the environment.
 */
const grafanaText = (text: string): string =>
  text.replaceAll(/\$labels\b/g, '.Labels').replaceAll(/\$value\b/g, '.Values.A.Value')

const EXPRESSION = { type: '__expr__', uid: '__expr__' } as const

/** Fires for each series that the expression gives, whatever its value, as Prometheus does. */
function ruleOf(alert: AlertDefinition, publicUrl: string) {
  return {
    uid: `vigie-${alert.name.toLowerCase()}`,
    title: alert.name,
    condition: 'B',
    data: [
      {
        refId: 'A',
        relativeTimeRange: { from: 600, to: 0 },
        datasourceUid: DATASOURCE_UID,
        model: {
          refId: 'A',
          datasource: { type: 'prometheus', uid: DATASOURCE_UID },
          editorMode: 'code',
          expr: alert.expr,
          instant: true,
          range: false,
        },
      },
      {
        refId: 'B',
        relativeTimeRange: { from: 0, to: 0 },
        datasourceUid: EXPRESSION.uid,
        model: {
          refId: 'B',
          datasource: EXPRESSION,
          type: 'math',
          expression: 'is_number($A) || is_inf($A)',
        },
      },
    ],
    for: alert.for ?? '0s',
    noDataState: 'OK',
    execErrState: 'Error',
    labels: labelsOf(alert),
    annotations: {
      summary: grafanaText(alert.summary),
      description: grafanaText(alert.description),
      runbook_url: runbookUrl(alert.name, publicUrl),
    },
    notification_settings: {
      receiver: RECEIVER,
      group_by: ['grafana_folder', 'alertname', 'academie', 'uai'],
      group_wait: '1s',
      group_interval: '30s',
      repeat_interval: '4h',
    },
  }
}

/** In: Vigie's address as operators open it. Out: the alerting rules, as Grafana's provisioning reads them. */
export const grafanaRulesYaml = (publicUrl: string): string =>
  write({
    groups: ALERT_GROUPS.map(({ name, alerts }) => ({
      orgId: 1,
      name,
      folder: FOLDER,
      interval: '10s',
      rules: alerts.map((alert) => ruleOf(alert, publicUrl)),
    })),
  })

/**
 * Out: where Grafana's alerts go: Alertmanager, whose address the environment gives, and from there to Vigie as
 * Prometheus' own. Grafana's webhook is not Alertmanager's: its body is another version, which Vigie does not take.
 */
export const contactPointsYaml = (): string =>
  write({
    contactPoints: [
      {
        orgId: 1,
        name: RECEIVER,
        receivers: [
          {
            uid: 'vigie-alertmanager',
            type: 'prometheus-alertmanager',
            disableResolveMessage: false,
            settings: { url: '$VIGIE_ALERTMANAGER_URL' },
          },
        ],
      },
    ],
  })
