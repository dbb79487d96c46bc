import { httpRequest, type CollectorIo, type CollectorRun } from '@vigie/collectors'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import type { CollectionSource } from './collection-source.ts'
import { recordCollection, type CollectionReport } from './record-collection.ts'

/** Asks one system and writes nothing: what `--dry-run` shows. */
export const readSource = (
  ctx: Context,
  source: CollectionSource,
  signal?: AbortSignal,
): Promise<CollectorRun> => {
  const io: CollectorIo = { now: () => ctx.clock.now(), request: httpRequest }
  return source.run(io, signal)
}

/**
 * Asks one system and records the evidence, or the failure. A failed collection is reported, never thrown.
 * Errors: `unauthenticated`, `forbidden`.
 */
export async function collectSource(
  ctx: Context,
  source: CollectionSource,
  signal?: AbortSignal,
): Promise<CollectionReport> {
  const identity = authorise(ctx.actor, 'evidence:write')
  const run = await readSource(ctx, source, signal)
  return recordCollection(ctx, identity, source.name, run)
}
