import type { Deps } from '../../context.ts'
import { createReadings } from './readings/index.ts'
import { readFailures } from './readings/read-failures.ts'
import { createSnapshot, type Snapshot, type Taken } from './snapshot.ts'
import { within } from './within.ts'

/** Milliseconds that the database is given: less than the ten seconds after which Prometheus gives a scrape up. */
const FAILURES_MS = 5_000
const SNAPSHOT_MS = 8_000

export interface Scrape {
  /** Gives the lines of one scrape. */
  (): Promise<{ readonly text: string; readonly contentType: string }>
  /** Reads the slow figures ahead of the first scrape, which then finds them. */
  prepare(): Promise<void>
}

const scrapes = new WeakMap<object, Scrape>()

/** The scrape of this process: its address and its listener share one snapshot. */
export function scrapeOf(deps: Deps): Scrape {
  const { registry } = deps.metrics
  const known = scrapes.get(registry)
  if (known) return known
  const snapshot = createSnapshot(deps, createReadings(deps))
  const read = async () => {
    const { pools, self } = deps.metrics.scraped
    pools.set(deps.db.pools())
    const [taken] = await Promise.all([takenOrNothing(deps, snapshot), fillFailures(deps)])
    const age = taken ? (deps.clock.now().getTime() - taken.at.getTime()) / 1_000 : null
    self.set(age, taken?.outcomes ?? new Map())
    const text = `${await registry.metrics()}\n${taken?.text ?? ''}`
    // Behind this scrape, which it would slow down: the next one has it.
    snapshot.renew()
    return { text, contentType: registry.contentType }
  }
  const prepare = async () => {
    await snapshot.get()
  }
  const scrape: Scrape = Object.assign(read, { prepare })
  scrapes.set(registry, scrape)
  return scrape
}

/** A scrape answers while the database is away: what is read there is then absent, not zero. */
async function takenOrNothing(deps: Deps, snapshot: Snapshot): Promise<Taken | null> {
  try {
    return await within(snapshot.get(), SNAPSHOT_MS)
  } catch (error) {
    deps.log.error({ err: error }, 'a scrape went without its snapshot')
    return null
  }
}

async function fillFailures(deps: Deps): Promise<void> {
  const { clock, db, log, metrics } = deps
  const now = clock.now()
  const { failures } = metrics.scraped
  failures.setPerLogin((window) => metrics.failures.greatest(window, now))
  try {
    const reading = db.transact({ role: 'vigie_worker' }, (tx) => readFailures(tx, now))
    failures.set(await within(reading, FAILURES_MS))
  } catch (error) {
    failures.set(null)
    log.error({ err: error }, 'failures could not be counted for a scrape')
  }
}
