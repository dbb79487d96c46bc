/** Longitude and latitude, in degrees. */
export type Place = readonly [longitude: number, latitude: number]

const cross = (o: Place, a: Place, b: Place): number =>
  (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])

function chainOf(places: readonly Place[]): Place[] {
  const chain: Place[] = []
  for (const place of places) {
    for (;;) {
      const [before, last] = [chain.at(-2), chain.at(-1)]
      if (!before || !last || cross(before, last, place) > 0) break
      chain.pop()
    }
    chain.push(place)
  }
  return chain.slice(0, -1)
}

/** In: places in any order. Out: their convex hull, counter-clockwise, not closed (monotone chain, Andrew 1979). */
export function convexHull(places: readonly Place[]): readonly Place[] {
  const sorted = places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const distinct = sorted.filter(
    (p, i) => i === 0 || p[0] !== sorted[i - 1]?.[0] || p[1] !== sorted[i - 1]?.[1],
  )
  if (distinct.length < 3) return distinct
  return [...chainOf(distinct), ...chainOf(distinct.toReversed())]
}

const PADDING = 1.06

/**
 * In: the places of a territory's establishments. Out: a ring around them, pushed away from its centre so that none
 * stands on the line; null below three places or when they are aligned.
 */
export function outlineOf(places: readonly Place[]): [number, number][] | null {
  const hull = convexHull(places)
  if (hull.length < 3) return null
  const centre = [0, 1].map((axis) => hull.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / hull.length)
  const pushed = (value: number, middle = 0) =>
    Math.round((middle + (value - middle) * PADDING) * 10_000) / 10_000
  return hull.map(([longitude, latitude]) => [pushed(longitude, centre[0]), pushed(latitude, centre[1])])
}
