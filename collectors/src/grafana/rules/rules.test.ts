import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REQUIREMENTS, serviceById } from '@vigie/rules'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ALERTS, ALERT_THRESHOLDS, alertingYaml, RECORDINGS, recordingYaml, runbookUrl } from './index.ts'
import { promql } from './promql.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const DELIVERED_URL = 'https://vigie.exemple.fr'
const delivered = (file: string) => readFileSync(join(ROOT, 'deploy/prometheus/rules', file), 'utf8')
const kebab = (name: string) => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase()
const THRESHOLDS: Readonly<Record<string, { default: number; min: number; max: number; label: string }>> =
  ALERT_THRESHOLDS

describe('the alerts', () => {
  it('have one file each, of their name, all listed', () => {
    const files = readdirSync(join(import.meta.dirname, 'alerts')).filter((file) => file !== 'index.ts')
    expect(files.toSorted()).toEqual(ALERTS.map(({ name }) => `${kebab(name)}.ts`).toSorted())
  })

  it.each(ALERTS)('$name has a case where it fires and one where it stays silent', (alert) => {
    expect(alert.fires.length).toBeGreaterThan(0)
    expect(alert.silent.length).toBeGreaterThan(0)
    for (const { alerts } of alert.fires) expect(alerts.length).toBeGreaterThan(0)
    const names = [...alert.fires, ...alert.silent].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(ALERTS)(
    '$name compares with its threshold, and with its default when Vigie tells none',
    (alert) => {
      const threshold = THRESHOLDS[alert.name]
      const asked = alert.expr.includes(`alert_threshold{alert="${alert.name}"}`)
      expect(asked).toBe(threshold !== undefined)
      if (threshold) expect(alert.expr).toMatch(new RegExp(`(vector\\(|\\+ )${threshold.default}\\)`))
      expect([...alert.expr.matchAll(/alert="(\w+)"/g)].every(([, named]) => named === alert.name)).toBe(true)
    },
  )

  it('are about services and requirements of CARINE that exist', () => {
    for (const { name, service, requirement } of ALERTS) {
      if (service) expect(serviceById(service), name).toBeDefined()
      if (requirement)
        expect(
          REQUIREMENTS.map(({ id }) => id),
          name,
        ).toContain(requirement)
    }
  })

  it('say in French what happens, without anything that could name a person', () => {
    for (const { name, summary, description } of ALERTS) {
      expect(description, name).toMatch(/\.$/)
      expect(`${summary} ${description}`, name).not.toMatch(/'|\b(the|is|has)\b/)
      const labels = [...`${summary}${description}`.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label)
      const bounded = ['academie', 'departement', 'uai', 'service', 'instance', 'collector', 'task', 'pool']
      expect(
        labels.filter((label) => !bounded.includes(label ?? '')),
        name,
      ).toEqual([])
    }
  })

  it('leave thresholds within their bounds by default', () => {
    for (const [name, { default: value, min, max }] of Object.entries(THRESHOLDS)) {
      expect(ALERTS.map((alert) => alert.name)).toContain(name)
      expect(value, name).toBeGreaterThanOrEqual(min)
      expect(value, name).toBeLessThanOrEqual(max)
    }
  })
})

describe('the delivered rule files', () => {
  it('are what the code writes', () => {
    expect(delivered('alerting.yml')).toBe(alertingYaml(DELIVERED_URL))
    expect(delivered('recording.yml')).toBe(recordingYaml())
    expect(readdirSync(join(ROOT, 'deploy/prometheus/rules')).toSorted()).toEqual([
      'alerting.yml',
      'recording.yml',
    ])
  })

  it('record each name once', () => {
    const names = RECORDINGS.map(({ record }) => record)
    expect(new Set(names).size).toBe(names.length)
    for (const { record, cases } of RECORDINGS) expect(cases.length, record).toBeGreaterThan(0)
  })

  it('lead from each alert to its runbook, under the address that was given', () => {
    const { groups } = parse(alertingYaml('https://vigie.test/')) as {
      groups: { rules: { alert: string; annotations: { runbook_url: string } }[] }[]
    }
    for (const { alert, annotations } of groups.flatMap(({ rules }) => rules)) {
      expect(annotations.runbook_url).toBe(`https://vigie.test/exploitation/alertes#${alert.toLowerCase()}`)
      expect(annotations.runbook_url).toBe(runbookUrl(alert, 'https://vigie.test'))
    }
  })
})

describe('an expression over several lines', () => {
  it('keeps its own indentation only', () => {
    expect(promql`
      a
        > ${3}
    `).toBe('a\n  > 3')
    expect(promql`up == ${0}`).toBe('up == 0')
  })
})
