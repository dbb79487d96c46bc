import { describe, expect, it } from 'vitest'
import { mcoJal8 } from './mco-jal-8.ts'

describe('MCO-JAL-8', () => {
  it.each([
    [
      'the wanted state',
      { 'logs.transport_encrypted': true },
      'compliant',
      'Les journaux voyagent chiffrés et authentifiés.',
    ],
    [
      'its absence',
      { 'logs.transport_encrypted': false },
      'non_compliant',
      'Les journaux voyagent sans chiffrement ou sans authentification.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoJal8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
