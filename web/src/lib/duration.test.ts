import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatDuration } from './duration.ts'

it.each([
  [0, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [3_599, '59 min'],
  [3_600, '1 h'],
  [3_960, '1 h 06'],
  [86_399, '23 h 59'],
  [86_400, '1 j'],
  [187_200, '2 j 4 h'],
  [90 * 86_400 + 7_200, '90 j'],
])('reads %d seconds as « %s »', (seconds, words) =>
  expect(formatDuration(seconds).replaceAll('\u00a0', ' ')).toBe(words),
)

it('never breaks across two lines, and never says a negative duration', () =>
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e9, noNaN: true }), (seconds) => {
      expect(formatDuration(seconds)).toMatch(/^\d+\u00a0(s|min|h|j)(\u00a0\d{2}|\u00a0\d+\u00a0h)?$/)
    }),
  ))
