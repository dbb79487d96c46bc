import { describe, expect, it } from 'vitest'
import { project, type Point } from './projection.ts'

const square = (west: number, south: number, side: number): Point[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
]

const coordinates = (points: string): number[] => points.split(/[ ,]/).map(Number)

describe('project', () => {
  it('keeps everything inside the drawing, north on top', () => {
    const { width, height, places } = project(
      [
        { code: 'sud', outline: square(3, 43, 1) },
        { code: 'nord', outline: square(3, 45, 1) },
      ],
      320,
      14,
    )
    const all = places.flatMap(({ points }) => coordinates(points))
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...all)).toBeLessThanOrEqual(Math.max(width, height))
    const [south, north] = places
    expect(north?.centre[1]).toBeLessThan(south?.centre[1] ?? 0)
  })

  it('puts the label in the middle of the outline', () => {
    const [place] = project([{ outline: square(3, 43, 1) }], 100, 0).places
    const xs = coordinates(place?.points ?? '').filter((_, at) => at % 2 === 0)
    expect(place?.centre[0]).toBeCloseTo((Math.min(...xs) + Math.max(...xs)) / 2, 0)
  })

  it('draws nothing for a département whose places are too few', () => {
    expect(project([{ outline: null }], 320, 14).places).toEqual([])
  })

  it('survives establishments that all stand on one point', () => {
    const { places } = project([{ outline: square(3, 43, 0) }], 320, 14)
    expect(coordinates(places[0]?.points ?? '').every(Number.isFinite)).toBe(true)
  })
})
