import { silentRepositories, suddenChange, type RepositoryState } from '@vigie/collectors'
import { schema, type Tx } from '@vigie/db'
import { and, asc, eq, gte } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { parcNames } from './parc-names.ts'
import { presentRepository, repositoriesOf } from './repository-row.ts'
import type { Backups } from './schema.ts'

const SHOWN_DAYS = 400
const SILENT_MS = 2 * 86_400_000
const bare = (name: string) => name.toLowerCase().split('.')[0] ?? ''

async function sizesOf(tx: Tx, uai: string, now: Date) {
  const { backupSize } = schema
  const since = new Date(now.getTime() - SHOWN_DAYS * 86_400_000).toISOString().slice(0, 10)
  const rows = await tx
    .select({ repository: backupSize.repository, day: backupSize.day, sizeBytes: backupSize.sizeBytes })
    .from(backupSize)
    .where(and(eq(backupSize.uai, uai), gte(backupSize.day, since)))
    .orderBy(asc(backupSize.day))
  return (repository: string) =>
    rows.filter((row) => row.repository === repository).map(({ day, sizeBytes }) => ({ day, sizeBytes }))
}

/** Machines of the parc that no repository names. */
async function uncoveredOf(tx: Tx, uai: string, states: readonly RepositoryState[]) {
  const { servers, administrative } = await parcNames(tx, uai)
  const saved = new Set(states.flatMap(({ hosts }) => hosts.map(({ name }) => bare(name))))
  const left = (names: readonly string[]) => names.filter((name) => !saved.has(bare(name)))
  return { servers: left(servers), administrative: left(administrative) }
}

/** Every repository of an establishment and the trend of its size. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function listBackups(ctx: Context, uai: string): Promise<Backups> {
  const identity = authorise(ctx.actor, 'backup:read')
  const now = ctx.clock.now()
  return ctx.db.transact(identity, async (tx) => {
    await findEtablissement(tx, uai)
    const states = await repositoriesOf(tx, uai)
    const sizes = await sizesOf(tx, uai, now)
    const silent = new Set(silentRepositories(states))
    return {
      repositories: states.map((state) => {
        const own = sizes(state.repository)
        return {
          ...presentRepository(state),
          silent: silent.has(state) || now.getTime() - state.collectedAt.getTime() > SILENT_MS,
          sizes: own,
          sizeChange: suddenChange(own),
        }
      }),
      uncovered: await uncoveredOf(tx, uai, states),
    }
  })
}
