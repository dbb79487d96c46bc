import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayIn, dayInWords, instantAt, lastFriday } from './calendar.ts'
import { nextReportOf, reportedFriday } from './report-dates.ts'

const ZONES = ['Europe/Paris', 'America/Martinique', 'Indian/Reunion', 'Pacific/Noumea', 'Pacific/Tahiti']
const anInstant = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2040-01-01T00:00:00Z'),
  noInvalidDate: true,
})

describe('the calendar of an académie', () => {
  it('knows the civil day there', () => {
    expect(dayIn(new Date('2026-12-31T23:30:00Z'), 'Europe/Paris')).toBe('2027-01-01')
    expect(dayIn(new Date('2026-12-31T23:30:00Z'), 'America/Martinique')).toBe('2026-12-31')
  })

  it('knows when clocks there show an hour, in winter and in summer', () => {
    expect(instantAt('2026-01-16', 7, 'Europe/Paris').toISOString()).toBe('2026-01-16T06:00:00.000Z')
    expect(instantAt('2026-07-17', 7, 'Europe/Paris').toISOString()).toBe('2026-07-17T05:00:00.000Z')
    expect(instantAt('2026-07-17', 7, 'Pacific/Noumea').toISOString()).toBe('2026-07-16T20:00:00.000Z')
  })

  it('finds a Friday within the week that ends with a day', () => {
    fc.assert(
      fc.property(anInstant, fc.constantFrom(...ZONES), (at, zone) => {
        const today = dayIn(at, zone)
        const friday = lastFriday(today)
        expect(new Date(`${friday}T00:00:00Z`).getUTCDay()).toBe(5)
        expect(friday <= today && friday > addDays(today, -7)).toBe(true)
      }),
    )
  })

  it('reports the last Friday from its morning on, and never a Friday to come', () => {
    fc.assert(
      fc.property(anInstant, fc.constantFrom(...ZONES), (at, zone) => {
        const friday = reportedFriday(at, zone)
        expect(instantAt(friday, 7, zone) <= at).toBe(true)
        const next = nextReportOf(at, zone)
        expect(next.friday).toBe(addDays(friday, 7))
        expect(new Date(next.at) > at).toBe(true)
      }),
    )
  })

  it('writes a day as it is said', () => {
    expect(dayInWords('2026-12-01')).toBe('1er décembre 2026')
    expect(dayInWords('2026-11-20')).toBe('20 novembre 2026')
  })
})
