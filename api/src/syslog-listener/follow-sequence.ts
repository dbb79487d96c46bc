/** Numbers that never came: first, last, and the hour (Unix time, ms) in which they count as missing. */
export type Gap = readonly [from: number, to: number, hour: number]

/** Where the sequence of one emitter stands. */
export interface SequenceState {
  readonly last: number
  readonly gaps: readonly Gap[]
}

export interface SequencedMessage {
  readonly sequence: number
  /** Hour in which it counts (Unix time, ms). */
  readonly hour: number
}

export interface Followed<M> {
  readonly state: SequenceState
  /** Messages that had not come before. */
  readonly fresh: readonly M[]
  /** Messages sent again, by hour. */
  readonly repeated: ReadonlyMap<number, number>
  /** Change of the number of missing messages, by hour: a late one fills its gap. */
  readonly missing: ReadonlyMap<number, number>
}

/** In place of an hour, for numbers of which nobody knows whether they were ever sent here: never missing, still awaited. */
const UNTOLD = -1

/** In: the first messages of an emitter that spoke before it was expected. Out: where their sequence stood before; what came earlier is untold. */
export function sequenceBefore(messages: readonly SequencedMessage[]): SequenceState {
  const last = messages.reduce((least, { sequence }) => Math.min(least, sequence), Infinity) - 1
  return { last, gaps: last > 0 ? [[1, last, UNTOLD]] : [] }
}

/** Gaps kept for messages that come late; the oldest is given up first. */
const GAPS_KEPT = 256

/** From there on, a sequence that begins again has gone round (RFC 5424, 7.3.1). */
const ROUND_FROM = 2_147_000_000

/**
 * Tells the messages of one emitter that come for the first time from those sent again, in whatever order connections
 * deliver them. In: what is known of it (null: nothing), whether its sequence surely began at 1. An emitter that does
 * not name its lives begins a new one with the number 1.
 */
export function followSequence<M extends SequencedMessage>(
  known: SequenceState | null,
  fromOne: boolean,
  messages: readonly M[],
): Followed<M> {
  let last = known?.last ?? (fromOne ? 0 : null)
  let gaps = [...(known?.gaps ?? [])]
  const fresh: M[] = []
  const [repeated, missing] = [new Map<number, number>(), new Map<number, number>()]
  const add = (counts: Map<number, number>, hour: number, change: number) =>
    counts.set(hour, (counts.get(hour) ?? 0) + change)

  for (const message of messages) {
    const { sequence, hour } = message
    const begins = sequence === 1 && last !== null && last > 1 && (!fromOne || last >= ROUND_FROM)
    if (begins && !gaps.some(([from]) => from === 1)) [last, gaps] = [0, []]
    if (last === null || sequence > last) {
      if (last !== null && sequence > last + 1) {
        gaps.push([last + 1, sequence - 1, hour])
        if (gaps.length > GAPS_KEPT) gaps.shift()
        add(missing, hour, sequence - 1 - last)
      }
      last = sequence
      fresh.push(message)
      continue
    }
    const index = gaps.findIndex(([from, to]) => sequence >= from && sequence <= to)
    const gap = gaps[index]
    if (!gap) {
      add(repeated, hour, 1)
      continue
    }
    const [from, to, missedIn] = gap
    const left: Gap[] = [
      ...(from < sequence ? [[from, sequence - 1, missedIn] as const] : []),
      ...(sequence < to ? [[sequence + 1, to, missedIn] as const] : []),
    ]
    gaps.splice(index, 1, ...left)
    if (missedIn !== UNTOLD) add(missing, missedIn, -1)
    fresh.push(message)
  }
  return { state: { last: last ?? 0, gaps: gaps.slice(-GAPS_KEPT) }, fresh, repeated, missing }
}
