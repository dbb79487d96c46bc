export type Point = readonly [x: number, y: number]

export interface Place<T> {
  readonly item: T
  /** `points` attribute of a polygon. */
  readonly points: string
  readonly centre: Point
}

export interface Projected<T> {
  readonly width: number
  readonly height: number
  readonly places: readonly Place<T>[]
}

const RADIANS = Math.PI / 180

function centreOf(ring: readonly Point[]): Point {
  let area = 0
  let x = 0
  let y = 0
  for (const [at, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1]
    const cross = x1 * y2 - x2 * y1
    area += cross
    x += (x1 + x2) * cross
    y += (y1 + y2) * cross
  }
  if (Math.abs(area) > 1e-9) return [x / (3 * area), y / (3 * area)]
  const sum = ring.reduce<Point>(([sx, sy], [px, py]) => [sx + px, sy + py], [0, 0])
  return [sum[0] / ring.length, sum[1] / ring.length]
}

const round = (value: number): number => Math.round(value * 10) / 10

/**
 * In: things with a ring of [longitude, latitude], the width to fill and the margin, in SVG units. Out: their
 * polygons, flat projection at the middle latitude, north on top.
 */
export function project<T extends { readonly outline: readonly Point[] | null }>(
  items: readonly T[],
  width: number,
  margin: number,
): Projected<T> {
  const drawn = items.flatMap((item) =>
    item.outline && item.outline.length > 2 ? [{ item, ring: item.outline }] : [],
  )
  const all = drawn.flatMap(({ ring }) => ring)
  if (all.length === 0) return { width, height: 0, places: [] }
  const west = Math.min(...all.map(([longitude]) => longitude))
  const east = Math.max(...all.map(([longitude]) => longitude))
  const south = Math.min(...all.map(([, latitude]) => latitude))
  const north = Math.max(...all.map(([, latitude]) => latitude))
  const shrink = Math.cos(((south + north) / 2) * RADIANS)
  const inner = width - 2 * margin
  const scale = inner / Math.max((east - west) * shrink, (north - south) * 0.9, 1e-6)
  const left = margin + (inner - (east - west) * shrink * scale) / 2
  const place = ([longitude, latitude]: Point): Point => [
    round(left + (longitude - west) * shrink * scale),
    round(margin + (north - latitude) * scale),
  ]
  return {
    width,
    height: Math.ceil((north - south) * scale + 2 * margin),
    places: drawn.map(({ item, ring }) => {
      const points = ring.map(place)
      const [x, y] = centreOf(points)
      return { item, points: points.map(([px, py]) => `${px},${py}`).join(' '), centre: [round(x), round(y)] }
    }),
  }
}
