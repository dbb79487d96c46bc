import type { Holdings, StockDepartement } from './key-view.ts'

/** Widths of the picture of a stock, in percent of what the widest of them takes. */
export interface StockScale {
  /** Keys that the whole width of a gauge stands for. */
  readonly gauge: number
  /** Keys that the whole width of a bar stands for. */
  readonly bar: number
}

/** In: every stock of the page. Out: one scale for all of them, so that lengths compare. */
export function scaleOf(
  departements: readonly Pick<StockDepartement, 'available' | 'inTransit' | 'minimum' | 'total'>[],
  unassigned: Pick<Holdings, 'available' | 'total'> | null,
): StockScale {
  const gauges = departements.map(({ available, inTransit, minimum }) =>
    Math.max(available + inTransit, minimum ?? 0),
  )
  const totals = [...departements, ...(unassigned ? [unassigned] : [])].map(({ total }) => total)
  return { gauge: Math.max(1, ...gauges) * 1.08, bar: Math.max(1, ...totals) }
}

/** In: a number of keys and what the whole width stands for. Out: percents, at most 100. */
export const widthOf = (keys: number, whole: number): number =>
  Math.round(Math.min(100, (keys / whole) * 100) * 100) / 100

/** In: a département. Out: how many keys it lacks to be at its threshold again, those on their way counted. */
export const lackOf = ({
  available,
  inTransit,
  minimum,
}: Pick<StockDepartement, 'available' | 'inTransit' | 'minimum'>): number =>
  Math.max(0, (minimum ?? 0) - available - inTransit)
