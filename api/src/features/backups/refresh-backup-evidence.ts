import { backupEvidence, type BackupObservation, type RepositoryState } from '@vigie/collectors'
import type { Tx } from '@vigie/db'
import type { Context } from '../../context.ts'
import { recordEvidence } from '../evidence/record-evidence.ts'
import { parcNames } from './parc-names.ts'

export const COLLECTOR = 'sauvegardes'

const MAX_SOURCE = 200

const sourceOf = (states: readonly RepositoryState[]) =>
  `Sauvegardes : ${states.map(({ repository, tool }) => (tool === 'generic' ? repository : `${repository} (${tool})`)).join(', ')}`.slice(
    0,
    MAX_SOURCE,
  )

/** What the repositories of an establishment prove together. */
export const observe = async (
  tx: Tx,
  uai: string,
  states: readonly RepositoryState[],
): Promise<BackupObservation[]> => backupEvidence(states, await parcNames(tx, uai))

/** Records it, in the caller's transaction, after `prepareEvidence`. */
export const keepObserved = async (
  tx: Tx,
  ctx: Context,
  uai: string,
  states: readonly RepositoryState[],
  observations: readonly BackupObservation[],
): Promise<void> => {
  if (observations.length === 0) return
  await recordEvidence(tx, ctx, uai, observations, { source: sourceOf(states), collector: COLLECTOR })
}
