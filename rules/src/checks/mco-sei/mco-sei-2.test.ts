import { describe, expect, it } from 'vitest'
import { mcoSei2 } from './mco-sei-2.ts'

const state = (alerting: boolean, success: number, availability: number, inTime: number, due: number) => ({
  'supervision.alerting': alerting,
  'supervision.probe_success_ratio': success,
  'supervision.availability_30d': availability,
  'incident.resolved_in_time_12m': inTime,
  'incident.due_12m': due,
})

describe('MCO-SEI-2', () => {
  it.each([
    [
      'everything green',
      state(true, 1, 1, 10, 10),
      'compliant',
      '10 incidents sur 10 (100 %) ont été résolus',
    ],
    ['exactly every bound', state(true, 0.9, 0.98, 9, 10), 'compliant', '(90 %)'],
    ['incidents just below the bound', state(true, 1, 1, 89, 100), 'partial', '89 %'],
    ['incidents at the lower bound', state(true, 1, 1, 7, 10), 'partial', '70 %'],
    ['incidents below the lower bound', state(true, 1, 1, 69, 100), 'non_compliant', '69 %'],
    ['probes just below their bound', state(true, 0.899, 1, 10, 10), 'partial', '89 % seulement des sondes'],
    ['a service restored too slowly', state(true, 1, 0.979, 10, 10), 'partial', 'répondu que 97 % du temps'],
    ['nothing held', state(true, 0.5, 0.5, 2, 10), 'non_compliant', '2 incidents sur 10'],
    ['services that worked without an incident', state(true, 1, 1, 0, 0), 'compliant', 'aucun incident'],
    ['a service that failed without an incident', state(true, 1, 0.5, 0, 0), 'partial', 'mais le service'],
    ['no alert', state(false, 1, 1, 10, 10), 'non_compliant', 'Aucune règle d’alerte'],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
