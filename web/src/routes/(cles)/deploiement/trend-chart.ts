/** One Friday's figures. */
export interface TrendPoint {
  readonly friday: string
  readonly activated: number
  readonly handedToDirecteurs: number
}

export interface TrendChart {
  /** Highest value of the axis. */
  readonly top: number
  readonly ticks: readonly { readonly value: number; readonly y: number }[]
  /** Points of each line in a square of 100, origin at the top left. */
  readonly activated: string
  readonly handedToDirecteurs: string
  readonly labels: readonly { readonly friday: string; readonly x: number }[]
}

const STEPS = [1, 2, 5, 10]
const LABELS_AT_MOST = 6

/** In: the highest figure. Out: the round step of four or five ticks. */
export function tickStep(highest: number): number {
  const wanted = Math.max(1, highest) / 4
  const scale = 10 ** Math.floor(Math.log10(wanted))
  return Math.max(1, (STEPS.find((step) => step * scale >= wanted) ?? 10) * scale)
}

const round = (value: number): number => Math.round(value * 100) / 100

/** In: figures, oldest first, at least two. Out: their lines, the axis and the dates to write under it. */
export function layTrend(trend: readonly TrendPoint[]): TrendChart {
  const highest = Math.max(
    ...trend.flatMap(({ activated, handedToDirecteurs }) => [activated, handedToDirecteurs]),
  )
  const step = tickStep(highest)
  const top = Math.max(step, Math.ceil(highest / step) * step)
  const last = Math.max(1, trend.length - 1)
  const x = (at: number) => round((at / last) * 100)
  const y = (value: number) => round(100 - (value / top) * 100)
  const line = (figure: (point: TrendPoint) => number) =>
    trend.map((point, at) => `${x(at)},${y(figure(point))}`).join(' ')
  const every = Math.max(1, Math.ceil(trend.length / LABELS_AT_MOST))
  return {
    top,
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, at) => ({
      value: at * step,
      y: y(at * step),
    })),
    activated: line((point) => point.activated),
    handedToDirecteurs: line((point) => point.handedToDirecteurs),
    labels: trend
      .map(({ friday }, at) => ({ friday, x: x(at), back: trend.length - 1 - at }))
      .filter(({ back }) => back % every === 0)
      .map(({ friday, x: place }) => ({ friday, x: place })),
  }
}
