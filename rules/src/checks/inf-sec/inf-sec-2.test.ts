import { describe, expect, it } from 'vitest'
import { infSec2 } from './inf-sec-2.ts'

describe('INF-SEC-2', () => {
  it.each([
    ['no saturation', { 'network.bandwidth_saturation': 0 }, 'compliant', 'saturé 0 % du temps'],
    [
      'exactly the compliant bound',
      { 'network.bandwidth_saturation': 0.05 },
      'compliant',
      'saturé 5 % du temps',
    ],
    ['just above it', { 'network.bandwidth_saturation': 0.051 }, 'partial', 'saturé 5,1 % du temps'],
    ['exactly the partial bound', { 'network.bandwidth_saturation': 0.15 }, 'partial', 'saturé 15 %'],
    [
      'just above the partial bound',
      { 'network.bandwidth_saturation': 0.151 },
      'non_compliant',
      'saturé 15,1 %',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infSec2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
