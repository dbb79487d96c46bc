import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

/** The whole picture, as the API gives it. */
export type Traffic = InferResponseType<Client['v1']['supervision']['traffic']['$get'], 200>
export type Series = Traffic['seconds']
export type TrafficWindow = Traffic['windows'][number]
export type Reason = TrafficWindow['reasons'][number]['reason']
export type Surroundings = Traffic['surroundings']
export type Incident = Surroundings['incidents'][number]

/** What one second changed. */
export type Frame = Omit<Traffic, 'academies' | 'surroundings'> & { readonly surroundings?: Surroundings }

const startOf = (series: Series): number => Date.parse(series.from) / 1_000

/** Lays `news` over a series and slides it to the newest interval, its length unchanged; what nobody told is 0. */
function slide(series: Series, news: Series): Series {
  const { step } = series
  const length = series.accepted.length
  const end = Math.max(startOf(news) + news.accepted.length * step, startOf(series) + length * step)
  const from = end - length * step
  const at = (values: readonly number[], origin: number, second: number): number | undefined =>
    second < origin ? undefined : values[(second - origin) / step]
  const merged = (side: 'accepted' | 'rejected') =>
    Array.from({ length }, (_, rank) => {
      const second = from + rank * step
      return at(news[side], startOf(news), second) ?? at(series[side], startOf(series), second) ?? 0
    })
  return {
    from: new Date(from * 1_000).toISOString(),
    step,
    accepted: merged('accepted'),
    rejected: merged('rejected'),
  }
}

/** In: what is known and what a second changed. Out: what is known then. */
export const applyFrame = (traffic: Traffic, frame: Frame): Traffic => ({
  ...traffic,
  asOf: frame.asOf,
  seconds: slide(traffic.seconds, frame.seconds),
  hour: slide(traffic.hour, frame.hour),
  windows: frame.windows,
  surroundings: frame.surroundings ?? traffic.surroundings,
})

/** In: the windows and a span in seconds. Out: that window, empty when the API did not give it. */
export const windowOf = (windows: readonly TrafficWindow[], seconds: number): TrafficWindow =>
  windows.find((window) => window.seconds === seconds) ?? {
    seconds,
    accepted: 0,
    rejected: 0,
    reasons: [],
    latency: null,
  }

export interface Minute {
  readonly at: string
  readonly accepted: number
  readonly rejected: number
}

/** In: the last hour. Out: its minutes, the newest first. */
export function minutesOf(series: Series): Minute[] {
  const minutes = new Map<number, { accepted: number; rejected: number }>()
  series.accepted.forEach((accepted, rank) => {
    const second = startOf(series) + rank * series.step
    const minute = second - (second % 60)
    const known = minutes.get(minute) ?? { accepted: 0, rejected: 0 }
    const rejected = series.rejected[rank] ?? 0
    minutes.set(minute, { accepted: known.accepted + accepted, rejected: known.rejected + rejected })
  })
  return [...minutes]
    .map(([minute, counts]) => ({ at: new Date(minute * 1_000).toISOString(), ...counts }))
    .reverse()
}
