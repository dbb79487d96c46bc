import { schema, type Tx } from '@vigie/db'
import { desc, eq, inArray } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { rangesOf } from './read-retention-range.ts'
import { DEFAULT_RANGE, judgeRetention, receptionOf, retentionDaysOf, type Range } from './retention.ts'
import type { LogSource } from './schema.ts'

export type SourceRow = typeof schema.logSource.$inferSelect
export type StoreRow = typeof schema.logStore.$inferSelect

export interface PlacedSource {
  readonly row: SourceRow
  readonly etablissement: string
  readonly academie: string
}

/** Sources, newest store and range of each, as screens show them. */
export async function presentSources(
  ctx: Context,
  tx: Tx,
  sources: readonly PlacedSource[],
): Promise<LogSource[]> {
  const stores = await newestStores(
    tx,
    sources.map(({ row }) => row.id),
  )
  const ranges = await rangesOf(
    tx,
    sources.map(({ academie }) => academie),
  )
  return sources.map((source) =>
    presentSource(
      ctx,
      source,
      stores.get(source.row.id) ?? null,
      ranges.get(source.academie) ?? DEFAULT_RANGE,
    ),
  )
}

export function presentSource(
  ctx: Context,
  { row, etablissement }: PlacedSource,
  store: StoreRow | null,
  range: Range,
): LogSource {
  const now = ctx.clock.now()
  return {
    id: row.id,
    uai: row.uai,
    etablissement,
    label: row.label,
    fingerprint: row.fingerprint,
    certificateName: row.certificateName,
    reception: receptionOf(row.lastMessageAt, row.disabledAt, now),
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    retention: judgeRetention(store, range, now),
    retentionDays: store && Math.floor(retentionDaysOf(store)),
    retentionSeenAt: store?.seenAt.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** What each source last said of its store. */
export async function newestStores(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, StoreRow>> {
  if (ids.length === 0) return new Map()
  const { logStore } = schema
  const rows = await tx
    .selectDistinctOn([logStore.sourceId])
    .from(logStore)
    .where(inArray(logStore.sourceId, [...ids]))
    .orderBy(logStore.sourceId, desc(logStore.seenOn))
  return new Map(rows.map((row) => [row.sourceId, row]))
}

/** A source within the caller's perimeter, with its place. Errors: `not_found`. */
export async function findSourceRow(tx: Tx, id: string): Promise<PlacedSource> {
  const { logSource, etablissement } = schema
  const [found] = await tx
    .select({ row: logSource, etablissement: etablissement.name, academie: etablissement.academie })
    .from(logSource)
    .innerJoin(etablissement, eq(etablissement.uai, logSource.uai))
    .where(eq(logSource.id, id))
  if (!found)
    throw new AppError('not_found', 'Aucune source de journaux de votre périmètre n’a cet identifiant.')
  return found
}
