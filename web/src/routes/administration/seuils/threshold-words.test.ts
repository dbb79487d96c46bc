import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readNumber, showMeasure, showNumber } from './threshold-words.ts'

it('reads a number typed with a comma, a point or spaces', () => {
  expect(readNumber('0,5')).toBe(0.5)
  expect(readNumber('1 000')).toBe(1000)
  expect(readNumber('2.5')).toBe(2.5)
})

it.each(['', 'vingt', '1e3', '1,2,3', '0x10', '-', '5 %'])('refuses « %s »', (text) =>
  expect(readNumber(text)).toBeNull(),
)

it('shows a number so that it is read back', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (thousandths) => {
      const value = thousandths / 1000
      expect(readNumber(showNumber(value))).toBe(value)
    }),
  ))

it('puts the unit behind, on the same line', () =>
  expect(showMeasure(1000, 'clés')).toBe('1\u00a0000\u00a0clés'))
