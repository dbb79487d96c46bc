import { describe, expect, it } from 'vitest'
import { mcoJal1 } from './mco-jal-1.ts'

describe('MCO-JAL-1', () => {
  it.each([
    [
      'the whole',
      { 'logs.structured_ratio': 1 },
      'compliant',
      '100 % des messages suivent le format normalisé.',
    ],
    [
      'exactly the compliant share',
      { 'logs.structured_ratio': 0.9 },
      'compliant',
      '90 % des messages suivent le format normalisé.',
    ],
    [
      'just below the compliant share',
      { 'logs.structured_ratio': 0.899 },
      'partial',
      '89 % des messages suivent le format normalisé.',
    ],
    [
      'exactly the partial share',
      { 'logs.structured_ratio': 0.5 },
      'partial',
      '50 % des messages suivent le format normalisé.',
    ],
    [
      'just below the partial share',
      { 'logs.structured_ratio': 0.499 },
      'non_compliant',
      '49 % des messages suivent le format normalisé.',
    ],
    [
      'nothing',
      { 'logs.structured_ratio': 0 },
      'non_compliant',
      '0 % des messages suivent le format normalisé.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoJal1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
