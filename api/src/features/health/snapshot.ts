import type { Deps } from '../../context.ts'
import type { Reading } from './readings/index.ts'

/** Age from which what was read is read again, and up to which it is given meanwhile. */
export const FRESH_MS = 30_000
export const USABLE_MS = 300_000

export interface Taken {
  readonly at: Date
  readonly text: string
  /** Whether each reading succeeded; one that failed has no line. */
  readonly outcomes: ReadonlyMap<string, boolean>
}

/** What is read from the database now and then, over several scrapes. */
export interface Snapshot {
  /** What is held, young enough; otherwise waits for the reading under way, which all scrapes share. */
  get(): Promise<Taken>
  /** Starts reading again what is no longer fresh, and does not wait for it. */
  renew(): void
}

async function take(deps: Deps, readings: readonly Reading[]): Promise<Taken> {
  const at = deps.clock.now()
  const outcomes = new Map<string, boolean>()
  const texts: string[] = []
  // One after the other: a scrape takes one connection of the pool at most.
  for (const reading of readings) {
    try {
      texts.push(await reading.take(deps))
      outcomes.set(reading.name, true)
    } catch (error) {
      outcomes.set(reading.name, false)
      deps.log.error({ err: error, reading: reading.name }, 'metrics could not be read')
    }
  }
  return { at, text: texts.join(''), outcomes }
}

/** In: the slow readings. Out: their snapshot, empty until it is asked for. */
export function createSnapshot(deps: Deps, readings: readonly Reading[]): Snapshot {
  let held: Taken | null = null
  let underWay: Promise<Taken> | null = null
  const refresh = () =>
    (underWay ??= take(deps, readings)
      .then((taken) => (held = taken))
      .finally(() => {
        underWay = null
      }))
  const heldYoungerThan = (milliseconds: number): Taken | null => {
    if (!held) return null
    const age = deps.clock.now().getTime() - held.at.getTime()
    return age >= 0 && age < milliseconds ? held : null
  }
  return {
    get: async () => {
      const usable = heldYoungerThan(USABLE_MS)
      if (usable) return usable
      await refresh()
      // The one under way may have begun long ago.
      return heldYoungerThan(USABLE_MS) ?? refresh()
    },
    renew: () => {
      if (!heldYoungerThan(FRESH_MS)) void refresh()
    },
  }
}
