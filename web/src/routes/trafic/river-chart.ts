import type { Incident, Series } from './traffic-view.ts'

/** Share of the height above the line, where what is accepted rises. */
const ABOVE = 0.64
const STEPS = [1, 2, 5, 10]

export interface RiverTick {
  readonly value: number
  readonly y: number
}

export interface River {
  /** Areas in a picture of `width` × 100, origin at the top left. */
  readonly accepted: string
  readonly rejected: string
  readonly width: number
  /** Height of the line between both. */
  readonly middle: number
  readonly ticks: readonly RiverTick[]
  readonly times: readonly { readonly at: string; readonly x: number }[]
}

const round = (value: number): number => Math.round(value * 100) / 100

/** In: the highest figure. Out: the round step that cuts it in two to four. */
function stepOf(highest: number): number {
  const wanted = highest / 4
  const scale = 10 ** Math.floor(Math.log10(Math.max(wanted, 1e-6)))
  return (STEPS.find((step) => step * scale >= wanted) ?? 10) * scale
}

function area(values: readonly number[], y: (value: number) => number): string {
  const middle = y(0)
  let path = `M0 ${middle}`
  let height = middle
  values.forEach((value, rank) => {
    const next = y(value)
    if (next === height) return
    path += `H${rank}V${next}`
    height = next
  })
  return `${path}H${values.length}V${middle}Z`
}

/**
 * In: a series, and seconds between two times written under it. Out: its areas per second, on one scale above and below
 * so that both compare; the line between stays where it is.
 */
export function layRiver(series: Series, timesEvery: number): River {
  const perSecond = (values: readonly number[]) => values.map((value) => value / series.step)
  const accepted = perSecond(series.accepted)
  const rejected = perSecond(series.rejected)
  const middle = 100 * ABOVE
  const highest = Math.max(...accepted)
  const lowest = Math.max(...rejected)
  const step = stepOf(Math.max(1, highest, (lowest * ABOVE) / (1 - ABOVE)))
  const unit = Math.min(
    middle / Math.max(step, Math.ceil(highest / step) * step),
    (100 - middle) / Math.max(step / 2, lowest * 1.05),
  )
  const up = (value: number) => round(middle - (value > 0 ? Math.max(value * unit, 0.8) : 0))
  const down = (value: number) => round(middle + (value > 0 ? Math.max(value * unit, 0.8) : 0))
  const ticks: RiverTick[] = []
  for (let value = step; middle - value * unit >= -0.01; value += step)
    ticks.push({ value: round(value), y: round(middle - value * unit) })
  for (let value = step; middle + value * unit <= 100; value += step)
    ticks.push({ value: round(value), y: round(middle + value * unit) })
  return {
    accepted: area(accepted, up),
    rejected: area(rejected, down),
    width: accepted.length,
    middle,
    ticks: [{ value: 0, y: middle }, ...ticks],
    times: timesOf(series, timesEvery),
  }
}

function timesOf(series: Series, every: number): River['times'] {
  const from = Date.parse(series.from) / 1_000
  const span = series.accepted.length * series.step
  const times = []
  for (let second = Math.ceil(from / every) * every; second <= from + span; second += every)
    times.push({ at: new Date(second * 1_000).toISOString(), x: round(((second - from) / span) * 100) })
  return times
}

export interface Pin {
  readonly incident: Incident
  /** Percent of the width; the start is 0 when it fired before. */
  readonly from: number
  readonly to: number
  readonly begins: boolean
  readonly ends: boolean
  /** Line on which it is drawn: those of one time stand one under the other. */
  readonly row: number
  /** Its badge stands before it: there is no room after. */
  readonly backwards: boolean
}

/** Percent of the width that a badge takes on a phone. */
const BADGE = 16

/** In: a series and the incidents. Out: where each stands on its axis; those that ended before are left out. */
export function pinsOf(series: Series, incidents: readonly Incident[], rows = 4): Pin[] {
  const from = Date.parse(series.from)
  const span = series.accepted.length * series.step * 1_000
  const place = (instant: string) => ((Date.parse(instant) - from) / span) * 100
  const free: number[] = []
  return incidents
    .toSorted((a, b) => a.openedAt.localeCompare(b.openedAt))
    .flatMap((incident) => {
      const begin = place(incident.openedAt)
      const end = incident.resolvedAt === null ? 100 : place(incident.resolvedAt)
      if (end < 0 || begin > 100) return []
      const start = Math.max(0, round(begin))
      const stop = Math.min(100, Math.max(round(end), start))
      const backwards = start > 100 - BADGE
      let row = free.findIndex((taken) => taken <= start - (backwards ? BADGE : 0))
      if (row < 0) row = free.length
      if (row >= rows) return []
      free[row] = Math.max(stop, start + (backwards ? 0 : BADGE))
      const ends = incident.resolvedAt !== null
      return [{ incident, from: start, to: stop, begins: begin >= 0, ends, row, backwards }]
    })
}

/** In: a series and a share of its width. Out: the interval there, with its instant. */
export function readAt(series: Series, share: number): { at: string; accepted: number; rejected: number } {
  const length = series.accepted.length
  const rank = Math.min(length - 1, Math.max(0, Math.floor(share * length)))
  return {
    at: new Date(Date.parse(series.from) + rank * series.step * 1_000).toISOString(),
    accepted: series.accepted[rank] ?? 0,
    rejected: series.rejected[rank] ?? 0,
  }
}
