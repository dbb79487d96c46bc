import { setImmediate as breathe } from 'node:timers/promises'
import { Gauge, type Registry } from 'prom-client'

/** One series: its labels and its value. */
export type Sample<L extends string> = Readonly<Record<L, string>> & { readonly value: number }

export interface ReplacedGauge<L extends string> {
  /** What was there before disappears: a series that nothing tells of any more is absent, not zero. */
  replace(samples: readonly Sample<L>[]): void
}

/** Declares a gauge that is told whole at each reading. In: its name, its help, its labels. */
export type GaugeFactory = <const L extends string = never>(
  name: string,
  help: string,
  labelNames?: readonly L[],
) => ReplacedGauge<L>

/** Gauges of a registry: few series, told at each scrape. */
export const gaugesIn =
  (registry: Registry): GaugeFactory =>
  <const L extends string = never>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
  ): ReplacedGauge<L> => {
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

export interface TextGauges {
  readonly gauge: GaugeFactory
  /** Every gauge in the text format of Prometheus (0.0.4), the process breathing in between. */
  text(): Promise<string>
}

/** Series written before the process turns to what else waits: well under a millisecond. */
const AT_ONCE = 500

const escaped = (value: string): string =>
  /["\\\n]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
    : value
const written = (value: number): string =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'

/**
 * Gauges apart from any registry: tens of thousands of series, written once a reading. prom-client would hold up the
 * process while it keeps and writes them.
 */
export function textGauges(): TextGauges {
  const blocks: (() => AsyncGenerator<string>)[] = []
  const gauge: GaugeFactory = <const L extends string = never>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
  ): ReplacedGauge<L> => {
    let held: readonly Sample<L>[] = []
    const line = (sample: Sample<L>): string => {
      const labels = labelNames.map((label) => `${label}="${escaped(sample[label])}"`).join(',')
      return `${name}${labels && `{${labels}}`} ${written(sample.value)}\n`
    }
    blocks.push(async function* () {
      if (held.length === 0) return
      yield `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`
      for (let from = 0; from < held.length; from += AT_ONCE) {
        if (from > 0) await breathe()
        yield held
          .slice(from, from + AT_ONCE)
          .map(line)
          .join('')
      }
    })
    return {
      replace: (samples) => {
        held = samples
      },
    }
  }
  return {
    gauge,
    text: async () => {
      const parts: string[] = []
      for (const block of blocks) for await (const part of block()) parts.push(part)
      return parts.join('')
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
