export interface DailySize {
  readonly day: string
  readonly sizeBytes: number
}

export interface SizeChart {
  /** Points of the line in a square of 100, origin at the top left. */
  readonly line: string
  /** The same, closed along the bottom. */
  readonly area: string
  readonly last: { readonly x: number; readonly y: number }
}

const DAY_MS = 86_400_000
const round = (value: number): number => Math.round(value * 100) / 100

/** In: sizes by day, oldest first, at least two. Out: their line from zero, days at their true distance. */
export function laySizes(sizes: readonly DailySize[]): SizeChart {
  const days = sizes.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / DAY_MS)
  const first = days[0] ?? 0
  const span = Math.max(1, (days.at(-1) ?? 0) - first)
  const top = Math.max(1, ...sizes.map(({ sizeBytes }) => sizeBytes))
  const points = sizes.map(({ sizeBytes }, at) => ({
    x: round((((days[at] ?? first) - first) / span) * 100),
    y: round(100 - (sizeBytes / top) * 100),
  }))
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ')
  return { line, area: `0,100 ${line} 100,100`, last: points.at(-1) ?? { x: 100, y: 100 } }
}
