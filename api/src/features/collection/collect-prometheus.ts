import { httpRequest, prometheus, runCollector, type CollectorIo, type CollectorRun } from '@vigie/collectors'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import type { PrometheusSource } from './collect-file.ts'
import { recordCollection, type CollectionReport } from './record-collection.ts'

/** Name under which evidence of this source is kept. */
export const collectorNameOf = (source: Pick<PrometheusSource, 'name'>): string => `prometheus:${source.name}`

/** Queries one Prometheus and writes nothing: what `--dry-run` shows. */
export const readPrometheus = (
  ctx: Context,
  source: PrometheusSource,
  signal?: AbortSignal,
): Promise<CollectorRun> => {
  const io: CollectorIo = { now: () => ctx.clock.now(), request: httpRequest }
  return runCollector(prometheus, source.config, io, source.run, signal)
}

/**
 * Queries one Prometheus and records the evidence, or the failure. A failed collection is reported, never thrown.
 * Errors: `unauthenticated`, `forbidden`.
 */
export async function collectPrometheus(
  ctx: Context,
  source: PrometheusSource,
  signal?: AbortSignal,
): Promise<CollectionReport> {
  const identity = authorise(ctx.actor, 'evidence:write')
  const run = await readPrometheus(ctx, source, signal)
  return recordCollection(ctx, identity, collectorNameOf(source), run)
}
