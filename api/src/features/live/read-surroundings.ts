import type { Deps } from '../../context.ts'
import { readAttacked } from './attacked.ts'
import { readIncidents } from './incidents.ts'
import { readCollectors, readJobs } from './machinery.ts'
import { identityOf } from './read-cells.ts'
import type { Surroundings } from './schema.ts'
import type { Scope } from './scope.ts'

/** All that stands around the traffic: who is attacked and from where, incidents, collectors, jobs. */
export async function readSurroundings(deps: Deps, scope: Scope): Promise<Surroundings> {
  const now = deps.clock.now()
  const attacked = await readAttacked(deps, scope)
  const rest = await deps.db.transact(identityOf(scope), async (tx) => ({
    ...(await readIncidents(tx, now)),
    collectors: await readCollectors(tx, now),
    jobs: await readJobs(tx),
  }))
  return { readAt: now.toISOString(), ...attacked, ...rest }
}
