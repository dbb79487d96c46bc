import { stringify } from 'yaml'
import { RECORDING_GROUPS } from './recordings/index.ts'
import type { AlertDefinition, CaseSeries, RecordingRule } from './rule.ts'
import { labelsOf, runbookUrl } from './rules-yaml.ts'

const ORDER = RECORDING_GROUPS.map(({ name }) => name)

const inputs = (series: CaseSeries) =>
  Object.entries(series).map(([selector, values]) => ({ series: selector, values }))

const file = (ruleFiles: readonly string[], evaluation: string, tests: readonly object[]): string =>
  stringify(
    { rule_files: ruleFiles, evaluation_interval: evaluation, group_eval_order: ORDER, tests },
    { lineWidth: 0, aliasDuplicateObjects: false },
  )

/** In: an alert, the rule files and the public address that they were written for. Out: a file of `promtool test rules`. */
export function alertTestYaml(
  alert: AlertDefinition,
  ruleFiles: readonly string[],
  publicUrl: string,
): string {
  const firing = alert.fires.map(({ name, interval, series, at, alerts }) => ({
    name,
    interval,
    input_series: inputs(series),
    alert_rule_test: [
      {
        eval_time: at,
        alertname: alert.name,
        exp_alerts: alerts.map(({ labels, summary, description }) => ({
          exp_labels: { ...labels, ...labelsOf(alert) },
          exp_annotations: {
            summary: summary ?? alert.summary,
            description: description ?? alert.description,
            runbook_url: runbookUrl(alert.name, publicUrl),
          },
        })),
      },
    ],
  }))
  const silent = alert.silent.map(({ name, interval, series, at }) => ({
    name,
    interval,
    input_series: inputs(series),
    alert_rule_test: [{ eval_time: at, alertname: alert.name, exp_alerts: [] }],
  }))
  return file(ruleFiles, alert.evaluation ?? '10s', [...firing, ...silent])
}

/** In: a recording rule and the rule files. Out: a file of `promtool test rules`. */
export const recordingTestYaml = (rule: RecordingRule, ruleFiles: readonly string[]): string =>
  file(
    ruleFiles,
    rule.evaluation ?? '1m',
    rule.cases.map(({ name, interval, series, at, query, samples }) => ({
      name,
      interval,
      input_series: inputs(series),
      promql_expr_test: [
        {
          expr: query ?? rule.record,
          eval_time: at,
          exp_samples: samples.map(({ labels, value }) => ({
            labels: query ? labels || '{}' : `${rule.record}${labels}`,
            value,
          })),
        },
      ],
    })),
  )
