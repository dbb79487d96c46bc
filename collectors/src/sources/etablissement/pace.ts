import { setTimeout as wait } from 'node:timers/promises'
import type { Collected, CollectorIo } from '../../collector.ts'
import { findOf, type Part } from './findings.ts'

/** How hard a collection may knock. */
export interface Pace {
  /** Establishments asked at once. */
  readonly concurrency: number
  /** Milliseconds between two probes of one establishment. */
  readonly pauseMs: number
  /** Milliseconds given to each probe. */
  readonly probeTimeoutMs: number
}

/** Between two probes. Throws when the collection is given up. */
export const breathe = async (pace: Pick<Pace, 'pauseMs'>, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted()
  if (pace.pauseMs > 0) await wait(pace.pauseMs, undefined, { signal })
}

/** The signal of one probe: its own time, or the end of the collection. */
export const probeSignal = (pace: Pick<Pace, 'probeTimeoutMs'>, signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(pace.probeTimeoutMs)])

/** One slow establishment must not undo what the others gave. */
const UNREAD =
  'La collecte a duré plus que son temps avant de lire cet établissement. Augmentez « timeoutSeconds » ou « concurrency », ou retirez ce qui répond trop lentement.'

const isLate = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && reason instanceof Error && reason.name === 'TimeoutError'

const unread = ({ uai, keys }: Part): Collected => ({
  evidence: [],
  availability: [],
  failures: [{ keys, uais: [uai], reason: UNREAD }],
  ignored: [],
})

async function readInTime(part: Part, io: CollectorIo, signal: AbortSignal): Promise<Collected> {
  if (isLate(signal)) return unread(part)
  try {
    return await findOf(part, io, signal)
  } catch (error) {
    if (isLate(signal)) return unread(part)
    throw error
  }
}

/**
 * Runs the parts, a bounded number of establishments at once, one part after the other within each. When its time is over,
 * what was read stays, and the parts that were not fail. Throws when it is given up.
 */
export async function collectParts(
  parts: readonly Part[],
  pace: Pace,
  io: CollectorIo,
  signal: AbortSignal,
): Promise<Collected> {
  const waiting = [...Map.groupBy(parts, ({ uai }) => uai).values()]
  const done: Collected[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const part of next) done.push(await readInTime(part, io, signal))
    }
  }
  await Promise.all(Array.from({ length: pace.concurrency }, work))
  return {
    evidence: done.flatMap(({ evidence }) => evidence),
    availability: [],
    failures: done.flatMap(({ failures }) => failures),
    ignored: done.flatMap(({ ignored }) => ignored),
  }
}
