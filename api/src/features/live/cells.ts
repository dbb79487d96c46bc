import type { Reason } from '../otp/outcome.ts'
import { BUCKETS, latencyOf } from './latency.ts'
import type { Series, TrafficWindow } from './schema.ts'

/** Verifications of a second or of a longer slot: by reason, and by bucket of duration. */
export interface Cell {
  readonly reasons: Readonly<Partial<Record<Reason, number>>>
  readonly durations: readonly number[]
}

/** Cells by the epoch second at which they begin. */
export type Cells = ReadonlyMap<number, Cell>

/** Seconds that are shown one by one, seconds of a slot, and slots of the last hour. */
export const SECONDS = 300
export const SLOT = 10
export const SLOTS = 360

const SPANS = [60, 300, 3_600] as const

/** In: any number of cells. Out: their sum. */
export function sumCells(cells: Iterable<Cell>): Cell {
  const reasons: Partial<Record<Reason, number>> = {}
  const durations = new Array<number>(BUCKETS).fill(0)
  for (const cell of cells) {
    for (const reason in cell.reasons) {
      const known = reason as Reason
      reasons[known] = (reasons[known] ?? 0) + (cell.reasons[known] ?? 0)
    }
    for (let rank = 0; rank < BUCKETS; rank += 1) durations[rank]! += cell.durations[rank] ?? 0
  }
  return { reasons, durations }
}

/** In: an epoch second. Out: the first second of its slot. */
export const slotOf = (second: number): number => second - (second % SLOT)

/** In: cells, the first one, how many, and seconds from one to the next. Out: what was accepted and rejected in each. */
export function seriesOf(cells: Cells, from: number, count: number, step: number): Series {
  const accepted: number[] = []
  const rejected: number[] = []
  for (let rank = 0; rank < count; rank += 1) {
    const { yes, no } = splitOf(cells.get(from + rank * step))
    accepted.push(yes)
    rejected.push(no)
  }
  return { from: isoAt(from), step, accepted, rejected }
}

function splitOf(cell: Cell | undefined): { yes: number; no: number } {
  if (!cell) return { yes: 0, no: 0 }
  const yes = cell.reasons.accepted ?? 0
  return { yes, no: sumOf(Object.values(cell.reasons)) - yes }
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

export const isoAt = (second: number): string => new Date(second * 1_000).toISOString()

/** What the last minute, five minutes and hour held, up to the second `last`. */
export function windowsOf(seconds: Cells, slots: Cells, last: number): TrafficWindow[] {
  return SPANS.map((span) => {
    const first = last - span + 1
    const cells = span <= SECONDS ? within(seconds, first, last) : within(slots, slotOf(first), last)
    const { reasons, durations } = sumCells(cells)
    const accepted = reasons.accepted ?? 0
    const counted = Object.entries(reasons).map(([reason, count]) => ({ reason: reason as Reason, count }))
    return {
      seconds: span,
      accepted,
      rejected: sumOf(Object.values(reasons)) - accepted,
      reasons: counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
      latency: latencyOf(durations),
    }
  })
}

function* within(cells: Cells, first: number, last: number): Iterable<Cell> {
  for (const [at, cell] of cells) if (at >= first && at <= last) yield cell
}
