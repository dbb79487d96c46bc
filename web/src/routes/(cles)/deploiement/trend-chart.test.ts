import { describe, expect, it } from 'vitest'
import { layTrend, tickStep } from './trend-chart.ts'

const point = (friday: string, activated: number, handedToDirecteurs = 0) => ({
  friday,
  activated,
  handedToDirecteurs,
})

describe('layTrend', () => {
  it('spreads the Fridays over the whole width and puts zero at the bottom', () => {
    const chart = layTrend([point('2026-11-06', 0), point('2026-11-13', 10), point('2026-11-20', 20)])
    expect(chart.activated).toBe('0,100 50,50 100,0')
    expect(chart.handedToDirecteurs).toBe('0,100 50,100 100,100')
    expect(chart.ticks.map(({ value }) => value)).toEqual([0, 5, 10, 15, 20])
  })

  it('draws a flat line when nothing was ever activated', () =>
    expect(layTrend([point('2026-11-13', 0), point('2026-11-20', 0)])).toMatchObject({
      top: 1,
      activated: '0,100 100,100',
    }))

  it('always names the last Friday, and few enough others to be read', () => {
    const year = Array.from({ length: 52 }, (_, week) => point(`week-${week}`, week))
    const { labels } = layTrend(year)
    expect(labels.at(-1)).toEqual({ friday: 'week-51', x: 100 })
    expect(labels.length).toBeLessThanOrEqual(6)
  })
})

it.each([
  [0, 1],
  [3, 1],
  [20, 5],
  [137, 50],
  [4000, 1000],
])('ticks a chart that rises to %i every %i', (highest, step) => expect(tickStep(highest)).toBe(step))
