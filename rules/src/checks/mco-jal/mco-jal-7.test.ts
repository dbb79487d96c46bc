import { describe, expect, it } from 'vitest'
import { mcoJal7 } from './mco-jal-7.ts'

describe('MCO-JAL-7', () => {
  it.each([
    [
      'the wanted state',
      { 'logs.access_restricted': true },
      'compliant',
      'L’accès aux journaux est réservé aux administrateurs techniques.',
    ],
    [
      'its absence',
      { 'logs.access_restricted': false },
      'non_compliant',
      'D’autres personnes que les administrateurs techniques accèdent aux journaux.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoJal7.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
