import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { contactPointsYaml, DATASOURCE_UID, grafanaRulesYaml } from './alerting-provisioning.ts'
import { ALERTS } from './rules/index.ts'

const PROVISIONING = resolve(import.meta.dirname, '../../../deploy/grafana/provisioning')
const delivered = (path: string) => readFileSync(resolve(PROVISIONING, path), 'utf8')

const querySchema = z.strictObject({
  refId: z.enum(['A', 'B']),
  relativeTimeRange: z.strictObject({ from: z.number(), to: z.literal(0) }),
  datasourceUid: z.enum([DATASOURCE_UID, '__expr__']),
  model: z.looseObject({ refId: z.string(), expr: z.string().optional() }),
})
const ruleSchema = z.strictObject({
  uid: z.string().regex(/^[a-z-]{8,40}$/),
  title: z.string(),
  condition: z.literal('B'),
  data: z.tuple([querySchema, querySchema]),
  for: z.string().regex(/^\d+[smhd]$/),
  noDataState: z.literal('OK'),
  execErrState: z.literal('Error'),
  labels: z.record(z.string(), z.string()),
  annotations: z.strictObject({ summary: z.string(), description: z.string(), runbook_url: z.url() }),
  notification_settings: z.looseObject({ receiver: z.literal('Vigie') }),
})
const fileSchema = z.strictObject({
  apiVersion: z.literal(1),
  groups: z.array(
    z.strictObject({
      orgId: z.literal(1),
      name: z.string(),
      folder: z.literal('Vigie'),
      interval: z.literal('10s'),
      rules: z.array(ruleSchema),
    }),
  ),
})

const rules = fileSchema
  .parse(parse(grafanaRulesYaml('https://vigie.exemple.fr')))
  .groups.flatMap((group) => group.rules)

describe('the alerts that Grafana manages', () => {
  it('are those that deploy/grafana/provisioning/alerting delivers', () => {
    expect(delivered('alerting/rules.yml')).toBe(grafanaRulesYaml('http://127.0.0.1:8600'))
    expect(delivered('alerting/contact-points.yml')).toBe(contactPointsYaml())
  })

  it('are Prometheus’ own, expression for expression', () => {
    expect(rules.map(({ title }) => title).sort()).toEqual(ALERTS.map(({ name }) => name).sort())
    for (const alert of ALERTS) {
      const rule = rules.find(({ title }) => title === alert.name)
      expect(rule?.data[0].model.expr, alert.name).toBe(alert.expr)
      expect(rule?.for, alert.name).toBe(alert.for ?? '0s')
      expect(rule?.labels, alert.name).toMatchObject({ severity: alert.severity })
    }
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length)
  })

  it('write nothing that provisioning would take for a variable of the environment', () => {
    for (const { title, annotations, labels } of rules) {
      expect(JSON.stringify([title, annotations, labels])).not.toContain('$')
    }
    expect(rules.some(({ annotations }) => annotations.description.includes('{{ .Values.A.Value'))).toBe(true)
  })

  it('read the data source that is provisioned beside them', () => {
    const { datasources } = z
      .looseObject({ datasources: z.array(z.looseObject({ uid: z.string(), url: z.string() })) })
      .parse(parse(delivered('datasources/vigie.yml')))
    expect(datasources).toMatchObject([{ uid: DATASOURCE_UID, url: '$VIGIE_PROMETHEUS_URL' }])
  })

  it('go to Alertmanager, which hands them to Vigie', () => {
    expect(parse(contactPointsYaml())).toMatchObject({
      contactPoints: [
        {
          name: 'Vigie',
          receivers: [{ type: 'prometheus-alertmanager', settings: { url: '$VIGIE_ALERTMANAGER_URL' } }],
        },
      ],
    })
  })
})
