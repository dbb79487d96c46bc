import { describe, expect, it } from 'vitest'
import { mcoSei2 } from './mco-sei-2.ts'

describe('MCO-SEI-2', () => {
  it.each([
    [
      'alerts on and probes green',
      { 'supervision.alerting': true, 'supervision.probe_success_ratio': 1 },
      'compliant',
      '100 % des sondes réussissent',
    ],
    [
      'exactly the bound',
      { 'supervision.alerting': true, 'supervision.probe_success_ratio': 0.9 },
      'compliant',
      '90 %',
    ],
    [
      'just below the bound',
      { 'supervision.alerting': true, 'supervision.probe_success_ratio': 0.899 },
      'partial',
      '89 %',
    ],
    [
      'no alert',
      { 'supervision.alerting': false, 'supervision.probe_success_ratio': 1 },
      'non_compliant',
      'Aucune règle d’alerte',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
