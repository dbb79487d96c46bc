import { expect, it } from 'vitest'
import { behaviourOf, formatAvailability, silentSeconds } from './availability.ts'

it.each([
  [1, 'answers'],
  [0.99, 'answers'],
  [0.989, 'at_times'],
  [0.5, 'at_times'],
  [0.499, 'silent'],
  [0, 'silent'],
] as const)('says of a share of %d that the service %s', (ratio, behaviour) =>
  expect(behaviourOf(ratio)).toBe(behaviour),
)

it('says nothing of what was not measured, or too long ago', () => {
  expect(behaviourOf(null)).toBe('unmeasured')
  expect(behaviourOf(1, true)).toBe('unmeasured')
})

it.each([
  [1, '100 %'],
  [0.99999, '99,9 %'],
  [0.956, '95,6 %'],
  [0.29, '29 %'],
  [0, '0 %'],
])('reads %d as %s', (ratio, words) => expect(formatAvailability(ratio).replace('\u00a0', ' ')).toBe(words))

it('counts the time without an answer', () => expect(silentSeconds(86_400, 0.99)).toBe(864))
