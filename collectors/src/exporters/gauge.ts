import { Gauge, type Registry } from 'prom-client'

/** One series: its labels and its value. */
export type Sample<L extends string> = Readonly<Record<L, string>> & { readonly value: number }

export interface ReplacedGauge<L extends string> {
  /** What was there before disappears: a series that nothing tells of any more is absent, not zero. */
  replace(samples: readonly Sample<L>[]): void
}

/** A gauge that is told whole at each reading. In: its name, its help, its labels. */
export function replacedGauge<const L extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): ReplacedGauge<L> {
  const gauge = new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] })
  const empty = () => {
    gauge.reset()
    // Without labels, prom-client resets to zero.
    if (labelNames.length === 0) gauge.remove()
  }
  empty()
  return {
    replace: (samples) => {
      empty()
      for (const sample of samples) {
        const labels: Partial<Record<L, string>> = {}
        for (const label of labelNames) labels[label] = sample[label]
        gauge.set(labels, sample.value)
      }
    },
  }
}

/** In: a value that may be missing. Out: its series without labels, or none. */
export const only = (value: number | null): Sample<never>[] => (value === null ? [] : [{ value }])

/** Rows that have the value asked for, with it. */
export const valued = <R extends object>(
  rows: readonly R[],
  of: (row: R) => number | null,
): (R & { readonly value: number })[] =>
  rows.flatMap((row) => {
    const value = of(row)
    return value === null ? [] : [{ ...row, value }]
  })
