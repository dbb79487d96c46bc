import { describe, expect, it } from 'vitest'
import { infDif1 } from './inf-dif-1.ts'

describe('INF-DIF-1', () => {
  it.each([
    [
      'a console closed both ways',
      { 'display.console_login_required': true, 'display.console_restricted': true },
      'compliant',
      'depuis la seule zone administrative',
    ],
    [
      'a console reached from elsewhere',
      { 'display.console_login_required': true, 'display.console_restricted': false },
      'partial',
      'mais se joint hors de la zone administrative',
    ],
    [
      'an open console in its zone',
      { 'display.console_login_required': false, 'display.console_restricted': true },
      'non_compliant',
      's’ouvre sans authentification',
    ],
    [
      'an open console',
      { 'display.console_login_required': false, 'display.console_restricted': false },
      'non_compliant',
      's’ouvre sans authentification',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infDif1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
