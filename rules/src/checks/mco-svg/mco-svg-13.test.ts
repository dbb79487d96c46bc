import { describe, expect, it } from 'vitest'
import { mcoSvg13 } from './mco-svg-13.ts'

describe('MCO-SVG-13', () => {
  it.each([
    [
      'the wanted state',
      { 'backup.logged': true },
      'compliant',
      'Les sauvegardes et les restaurations sont journalisées.',
    ],
    [
      'its absence',
      { 'backup.logged': false },
      'non_compliant',
      'Les sauvegardes et les restaurations ne laissent pas de trace.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg13.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
