import type { Deps } from '../../context.ts'
import { createReadings } from './readings/index.ts'
import { readFailures } from './readings/read-failures.ts'
import { createSnapshot, type Snapshot, type Taken } from './snapshot.ts'
import { within } from './within.ts'

/** Milliseconds that the database is given; a scrape must answer while it is away. */
const FAILURES_MS = 2_000
const SNAPSHOT_MS = 5_000

/** Gives the lines of one scrape. */
export type Scrape = () => Promise<{ readonly text: string; readonly contentType: string }>

const scrapes = new WeakMap<object, Scrape>()

/** The scrape of this process: its address and its listener share one snapshot. */
export function scrapeOf(deps: Deps): Scrape {
  const { registry } = deps.metrics
  const known = scrapes.get(registry)
  if (known) return known
  const snapshot = createSnapshot(deps, createReadings(deps))
  const scrape: Scrape = async () => {
    const { pools, self } = deps.metrics.scraped
    pools.set(deps.db.pools())
    const [taken] = await Promise.all([takenOrNothing(deps, snapshot), fillFailures(deps)])
    const age = taken ? (deps.clock.now().getTime() - taken.at.getTime()) / 1_000 : null
    self.set(age, taken?.outcomes ?? new Map())
    return {
      text: `${await registry.metrics()}\n${taken?.text ?? ''}`,
      contentType: registry.contentType,
    }
  }
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
