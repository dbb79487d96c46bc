import { describe, expect, it } from 'vitest'
import { mcoJal3 } from './mco-jal-3.ts'

describe('MCO-JAL-3', () => {
  it.each([
    [
      'the wanted state',
      { 'logs.external_archive': true },
      'compliant',
      'Les journaux sont archivés sur un support externe.',
    ],
    [
      'its absence',
      { 'logs.external_archive': false },
      'non_compliant',
      'Les journaux ne sont pas archivés sur un support externe.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoJal3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
