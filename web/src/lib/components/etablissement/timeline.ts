export type RibbonStatus =
  'compliant' | 'partial' | 'non_compliant' | 'unknown' | 'contradiction' | 'not_applicable'

export interface TimelineInput {
  /** Instant of the reading, ISO 8601. */
  readonly now: string
  readonly status: RibbonStatus
  readonly staleAt: string | null
  readonly points: readonly TimelinePoint[]
  readonly history: readonly TimelineChange[]
  readonly spans: readonly TimelineSpan[]
}

export interface TimelinePoint {
  readonly key: string
  readonly observedAt: string
  readonly value: number | boolean | string
  readonly source: string
}

export interface TimelineChange {
  readonly at: string
  readonly from: RibbonStatus | null
  readonly to: RibbonStatus
}

/** What people said or decided, in force over an interval. */
export interface TimelineSpan {
  readonly kind: 'declaration' | 'arbitration' | 'derogation' | 'dispute'
  readonly from: string
  readonly until: string
  readonly label: string
}

/** Abscissas and widths are percentages of the axis, so that a drawing keeps its letters' size at any width. */
export interface TimelineLayout {
  readonly months: readonly { readonly x: number; readonly label: string; readonly yearStarts: boolean }[]
  readonly nowX: number
  readonly staleX: number | null
  readonly ribbon: readonly {
    readonly x: number
    readonly width: number
    readonly status: RibbonStatus
    readonly from: string | null
    readonly until: string | null
  }[]
  readonly lanes: readonly {
    readonly source: string
    readonly dots: readonly { readonly x: number; readonly points: readonly TimelinePoint[] }[]
  }[]
  readonly spans: readonly (TimelineSpan & {
    readonly x: number
    readonly width: number
    readonly startsBefore: boolean
  })[]
}

const DAY = 86_400_000
const PAST_DAYS = 365
const FUTURE_DAYS = 35
const MAX_LANES = 5
export const OTHER_SOURCES = 'Autres sources'

const MONTHS = [
  'janv.',
  'févr.',
  'mars',
  'avr.',
  'mai',
  'juin',
  'juil.',
  'août',
  'sept.',
  'oct.',
  'nov.',
  'déc.',
]

const round = (x: number): number => Math.round(x * 100) / 100

interface Axis {
  readonly from: number
  readonly until: number
  readonly x: (at: number) => number
}

function axisAround(now: number): Axis {
  const from = now - PAST_DAYS * DAY
  const until = now + FUTURE_DAYS * DAY
  const x = (at: number): number =>
    round((100 * (Math.min(Math.max(at, from), until) - from)) / (until - from))
  return { from, until, x }
}

function monthsOf(axis: Axis): TimelineLayout['months'] {
  const months = []
  const start = new Date(axis.from)
  for (let index = 1; ; index += 1) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + index)
    if (at >= axis.until) return months
    const month = new Date(at).getUTCMonth()
    months.push({ x: axis.x(at), label: MONTHS[month] ?? '', yearStarts: month === 0 })
  }
}

function ribbonOf(input: TimelineInput, axis: Axis, now: number): TimelineLayout['ribbon'] {
  const changes = input.history.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const first = changes[0]
  const starts: { at: string | null; status: RibbonStatus }[] = [
    { at: null, status: first ? (first.from ?? 'unknown') : input.status },
    ...changes.map((change) => ({ at: change.at, status: change.to })),
  ]
  return starts.flatMap(({ at, status }, index) => {
    const next = starts[index + 1]?.at ?? null
    const from = at === null ? axis.from : Date.parse(at)
    const until = Math.min(next === null ? now : Date.parse(next), now)
    if (until <= axis.from || until <= from) return []
    const x = axis.x(from)
    return [{ x, width: round(axis.x(until) - x), status, from: at, until: next }]
  })
}

function lanesOf(points: readonly TimelinePoint[], axis: Axis): TimelineLayout['lanes'] {
  const shown = points.filter((point) => Date.parse(point.observedAt) >= axis.from)
  const bySource = Map.groupBy(shown, (point) => point.source)
  const ranked = [...bySource].toSorted((a, b) => b[1].length - a[1].length)
  const kept = ranked.length > MAX_LANES ? ranked.slice(0, MAX_LANES - 1) : ranked
  const others = ranked.slice(kept.length).flatMap(([, ofSource]) => ofSource)
  const lanes = others.length > 0 ? [...kept, [OTHER_SOURCES, others] as const] : kept
  return lanes.map(([source, ofSource]) => ({
    source,
    dots: [...Map.groupBy(ofSource, (point) => axis.x(Date.parse(point.observedAt)))]
      .map(([x, atX]) => ({ x, points: atX }))
      .toSorted((a, b) => a.x - b.x),
  }))
}

const spansOf = (input: TimelineInput, axis: Axis): TimelineLayout['spans'] =>
  input.spans
    .filter(({ from, until }) => Date.parse(until) > axis.from && Date.parse(from) < axis.until)
    .map((span) => {
      const x = axis.x(Date.parse(span.from))
      return {
        ...span,
        x,
        width: round(axis.x(Date.parse(span.until)) - x),
        startsBefore: Date.parse(span.from) < axis.from,
      }
    })

/**
 * In: what is known of one requirement of one establishment. Out: where each mark stands on one axis that runs from a
 * year before `now` to five weeks after it. Before the first change, the status is the one that change left.
 */
export function layTimeline(input: TimelineInput): TimelineLayout {
  const now = Date.parse(input.now)
  const axis = axisAround(now)
  const staleAt = input.staleAt === null ? null : Date.parse(input.staleAt)
  return {
    months: monthsOf(axis),
    nowX: axis.x(now),
    staleX: staleAt !== null && staleAt > now && staleAt < axis.until ? axis.x(staleAt) : null,
    ribbon: ribbonOf(input, axis, now),
    lanes: lanesOf(input.points, axis),
    spans: spansOf(input, axis),
  }
}
