import { expect, it } from 'vitest'
import { dayAfterMonths, dayOf, endOfDay } from './expiry-day.ts'

it.each([
  ['2027-01-31', 'Europe/Paris', '2027-01-31T22:59:59.000Z'],
  ['2027-06-30', 'Europe/Paris', '2027-06-30T21:59:59.000Z'],
  ['2027-03-28', 'Europe/Paris', '2027-03-28T21:59:59.000Z'],
  ['2027-06-30', 'Indian/Reunion', '2027-06-30T19:59:59.000Z'],
  ['2027-06-30', 'Pacific/Tahiti', '2027-07-01T09:59:59.000Z'],
])('ends the %s in %s at %s', (day, zone, instant) => {
  expect(endOfDay(day, zone)).toBe(instant)
  expect(dayOf(instant, zone)).toBe(day)
})

it('takes no other text for a day', () => {
  expect(['', '30/06/2027', '2027-13-45'].map((text) => endOfDay(text))).toEqual([null, null, null])
})

it('keeps to the last day of a shorter month', () => {
  expect(dayAfterMonths('2026-08-31T10:00:00Z', 6)).toBe('2027-02-28')
})
