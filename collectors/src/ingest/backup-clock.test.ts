import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOfLocal, isTimeZone } from './backup-clock.ts'

describe('local times without zone', () => {
  it.each([
    ['a winter night', '2026-11-21T22:35:14.000000', 'Europe/Paris', '2026-11-21T21:35:14Z'],
    ['a summer night', '2026-07-01T02:00:00', 'Europe/Paris', '2026-07-01T00:00:00Z'],
    [
      'an hour that exists twice, taken for the first',
      '2026-10-25T02:30:00',
      'Europe/Paris',
      '2026-10-25T00:30:00Z',
    ],
    ['an hour that does not exist', '2026-03-29T02:30:00', 'Europe/Paris', '2026-03-29T01:30:00Z'],
    ['overseas', '2026-11-21T22:00:00', 'America/Guadeloupe', '2026-11-22T02:00:00Z'],
  ])('reads %s', (_case, local, zone, expected) => {
    expect(instantOfLocal(local, zone)).toEqual(new Date(expected))
  })

  it('finds again every instant that its zone writes without ambiguity', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'Pacific/Noumea', 'America/Miquelon', 'UTC'),
        (date, zone) => {
          const whole = new Date(Math.floor(date.getTime() / 1000) * 1000)
          const wall = whole.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')
          const found = instantOfLocal(wall, zone)
          expect(found.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')).toBe(wall)
          expect(found.getTime()).toBeLessThanOrEqual(whole.getTime())
        },
      ),
    )
  })

  it('knows which zones exist', () => {
    expect(isTimeZone('Europe/Paris')).toBe(true)
    expect(isTimeZone('Europe/Nulle')).toBe(false)
  })
})
