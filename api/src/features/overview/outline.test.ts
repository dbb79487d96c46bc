import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convexHull, outlineOf, type Place } from './outline.ts'

const cross = (o: Place, a: Place, b: Place) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
const places = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
  maxLength: 60,
})

describe('convexHull', () => {
  it('keeps the corners of a square and nothing inside', () => {
    const square: Place[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [2, 2],
      [2, 0],
    ]
    expect(convexHull(square)).toEqual([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ])
  })

  it('leaves every place on its left side, whatever the places', () => {
    fc.assert(
      fc.property(places, (all) => {
        const hull = convexHull(all)
        if (hull.length < 3) return
        hull.forEach((from, i) => {
          const to = hull[(i + 1) % hull.length] ?? from
          for (const place of all) expect(cross(from, to, place)).toBeGreaterThanOrEqual(0)
        })
      }),
    )
  })
})

describe('outlineOf', () => {
  it('draws nothing below three places, nor along a line', () => {
    expect(outlineOf([])).toBeNull()
    expect(
      outlineOf([
        [1, 1],
        [2, 2],
      ]),
    ).toBeNull()
    expect(
      outlineOf([
        [1, 1],
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    ).toBeNull()
  })

  it('stands a little outside the outermost places', () => {
    const ring =
      outlineOf([
        [0, 0],
        [6, 0],
        [0, 6],
      ]) ?? []
    expect(Math.min(...ring.map(([longitude]) => longitude))).toBeLessThan(0)
    expect(Math.max(...ring.map(([longitude]) => longitude))).toBeGreaterThan(6)
  })
})
