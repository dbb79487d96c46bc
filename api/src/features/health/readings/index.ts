import {
  createBackupGauges,
  createCollectorGauges,
  createConformityGauges,
  createEtablissementGauges,
  createIncidentGauges,
  createJobGauges,
  createJournalGauges,
  createKeyGauges,
  createParcGauges,
  createThresholdGauges,
  textGauges,
  type GaugeFactory,
} from '@vigie/collectors'
import type { Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Deps } from '../../../context.ts'
import { readConformity } from './read-conformity.ts'
import { readEtablissements } from './read-etablissements.ts'
import { readBackups, readCollectors, readParc } from './read-field.ts'
import { readKeys } from './read-keys.ts'
import { readIncidents, readJobs, readJournal, readThresholds } from './read-platform.ts'

/** One family of metrics that the database tells, in one transaction of its own. */
export interface Reading {
  readonly name: string
  /** Out: its lines, as Prometheus reads them. Errors: the database's. */
  take(deps: Deps): Promise<string>
}

function aReading<R>(
  name: string,
  createGauges: (gauge: GaugeFactory) => { set(reading: R): void },
  read: (tx: Tx, now: Date) => Promise<R>,
): Reading {
  const { gauge, text } = textGauges()
  const gauges = createGauges(gauge)
  return {
    name,
    take: async (deps) => {
      const now = deps.clock.now()
      const reading = await deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
        // Nobody waits for it: one processor of the server is enough, verifications keep the others.
        await tx.execute(sql`set local max_parallel_workers_per_gather = 0`)
        return read(tx, now)
      })
      gauges.set(reading)
      return text()
    },
  }
}

/** Every slow reading of this deployment; those of each establishment only when its configuration asks for them. */
export const createReadings = (deps: Deps): Reading[] => [
  aReading('keys', createKeyGauges, readKeys),
  aReading('conformity', createConformityGauges, readConformity),
  ...(deps.config.metricsEtablissements
    ? [aReading('etablissements', createEtablissementGauges, readEtablissements)]
    : []),
  aReading('parc', createParcGauges, readParc),
  aReading('backups', createBackupGauges, readBackups),
  aReading('collectors', createCollectorGauges, readCollectors),
  aReading('jobs', createJobGauges, readJobs),
  aReading('journal', createJournalGauges, readJournal),
  aReading('incidents', createIncidentGauges, readIncidents),
  aReading('thresholds', createThresholdGauges, readThresholds),
]
