import { describe, expect, it } from 'vitest'
import { mcoSei2 } from './mco-sei-2.ts'

const state = (alerting: boolean, success: number, availability: number) => ({
  'supervision.alerting': alerting,
  'supervision.probe_success_ratio': success,
  'supervision.availability_30d': availability,
})

describe('MCO-SEI-2', () => {
  it.each([
    ['alerts on and everything green', state(true, 1, 1), 'compliant', '100 % des sondes réussissent'],
    ['exactly both bounds', state(true, 0.9, 0.98), 'compliant', 'a répondu 98 % du temps'],
    ['probes just below their bound', state(true, 0.899, 1), 'partial', '89 %'],
    ['a service restored too slowly this month', state(true, 1, 0.979), 'partial', 'a répondu 97 % du temps'],
    ['no alert', state(false, 1, 1), 'non_compliant', 'Aucune règle d’alerte'],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
