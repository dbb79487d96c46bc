import type { Coverage, RepositoryState } from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { asc, eq } from 'drizzle-orm'
import { iso } from '../conformity/instants.ts'
import type { Repository } from './schema.ts'

const { backupRepository } = schema
export type RepositoryRow = typeof backupRepository.$inferSelect

/** In: a row. Out: the state that it keeps. */
export const stateOfRow = (row: RepositoryRow): RepositoryState => ({
  ...row,
  covers: row.covers.split(',') as Coverage[],
  plannedIntervalHours: row.plannedIntervalHours ?? 0,
  remote: row.remote ?? false,
})

/** In: a state, where and when it was told. Out: its row. */
export const rowOfState = (
  state: RepositoryState,
  { uai, reportedAt, collector }: { uai: string; reportedAt: Date; collector: string },
): typeof backupRepository.$inferInsert => ({
  ...state,
  covers: state.covers.join(','),
  recentRuns: [...state.recentRuns],
  hosts: [...state.hosts],
  uai,
  reportedAt,
  collector,
})

/** Every repository of an establishment, by name. */
export const repositoriesOf = async (tx: Tx, uai: string): Promise<RepositoryState[]> => {
  const rows = await tx
    .select()
    .from(backupRepository)
    .where(eq(backupRepository.uai, uai))
    .orderBy(asc(backupRepository.repository))
  return rows.map(stateOfRow)
}

/** In: a state. Out: what the API tells of it. */
export const presentRepository = (state: RepositoryState): Repository => ({
  repository: state.repository,
  tool: state.tool,
  covers: [...state.covers],
  collectedAt: state.collectedAt.toISOString(),
  lastSuccessAt: iso(state.lastSuccessAt),
  plannedIntervalHours: state.plannedIntervalHours,
  seenIntervalHours: state.seenIntervalHours,
  successRatio: state.successRatio,
  versions: state.versions,
  sizeBytes: state.sizeBytes,
  encrypted: state.encrypted,
  remote: state.remote,
  transportEncrypted: state.transportEncrypted,
  centralised: state.centralised,
  logged: state.logged,
  removableOffsite: state.removableOffsite,
  dataCheckedAt: iso(state.dataCheckedAt),
  structureCheckedAt: iso(state.structureCheckedAt),
  checkFailedAt: iso(state.checkFailedAt),
  hosts: state.hosts.map(({ name, lastSuccessAt }) => ({ name, lastSuccessAt })),
})
