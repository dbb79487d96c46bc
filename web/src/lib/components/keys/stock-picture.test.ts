import { describe, expect, it } from 'vitest'
import { lackOf, scaleOf, widthOf } from './stock-picture.ts'
import { wholeNumber } from './whole-number.ts'

describe('scaleOf', () => {
  it('leaves room for the highest threshold and for what is on its way', () => {
    const scale = scaleOf(
      [
        { available: 10, inTransit: 5, minimum: 50, total: 400 },
        { available: 70, inTransit: 30, minimum: null, total: 120 },
      ],
      { available: 900, total: 900 },
    )
    expect(scale.gauge).toBeCloseTo(108)
    expect(scale.bar).toBe(900)
  })

  it('is never zero, so that an empty stock can be drawn', () =>
    expect(scaleOf([], null)).toEqual({ gauge: 1.08, bar: 1 }))
})

it('never draws wider than the whole', () => {
  expect(widthOf(150, 100)).toBe(100)
  expect(widthOf(1, 3)).toBe(33.33)
})

it('counts what is on its way before it says that keys lack', () => {
  expect(lackOf({ available: 3, inTransit: 5, minimum: 20 })).toBe(12)
  expect(lackOf({ available: 3, inTransit: 50, minimum: 20 })).toBe(0)
  expect(lackOf({ available: 0, inTransit: 0, minimum: null })).toBe(0)
})

it.each([
  ['12', 12],
  ['1 200', 1200],
  ['1\u00a0200', 1200],
  ['0', 0],
  ['', null],
  ['-3', null],
  ['1,5', null],
  ['douze', null],
])('reads %j as %j', (text, number) => expect(wholeNumber(text)).toBe(number))
