import type { SchoolYear } from './history-view.ts'

/** Points of the curve of one school year, in percentages of its frame: x from its first day, y from the bottom. */
export interface Curve {
  readonly line: readonly { readonly x: number; readonly y: number }[]
  readonly dots: readonly {
    readonly x: number
    readonly y: number
    readonly day: string
    readonly rate: number
  }[]
  readonly months: readonly { readonly x: number; readonly label: string }[]
}

const DAY = 86_400_000
const MONTHS = [
  'sept.',
  'oct.',
  'nov.',
  'déc.',
  'janv.',
  'févr.',
  'mars',
  'avr.',
  'mai',
  'juin',
  'juil.',
  'août',
]

const round = (value: number): number => Math.round(value * 100) / 100

/**
 * In: a school year and today, both as civil days. Out: its curve: the rate of required ones, which holds from one
 * change to the next, until the year's end or today.
 */
export function curveOf(year: SchoolYear, today: string): Curve {
  const from = Date.parse(year.start)
  const until = Date.parse(year.end) + DAY
  const x = (day: string | number): number =>
    round((100 * ((typeof day === 'string' ? Date.parse(day) : day) - from)) / (until - from))
  const dots = year.points.flatMap(({ day, score }) =>
    score.exige === null
      ? []
      : [{ x: x(day), y: round(100 * score.exige.rate), day, rate: score.exige.rate }],
  )
  const line: { x: number; y: number }[] = []
  const carried = year.from?.exige
  if (carried) line.push({ x: 0, y: round(100 * carried.rate) })
  for (const dot of dots) {
    const before = line.at(-1)
    if (before) line.push({ x: dot.x, y: before.y })
    line.push({ x: dot.x, y: dot.y })
  }
  const last = line.at(-1)
  const end = Math.min(100, x(Math.min(Date.parse(today) + DAY, until)))
  if (last && end > last.x) line.push({ x: end, y: last.y })
  const first = new Date(from)
  const months = MONTHS.map((label, at) => ({
    label,
    x: x(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + at)),
  }))
  return { line, dots, months }
}
