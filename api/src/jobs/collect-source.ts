import { collectSource } from '../features/collection/collect-source.ts'
import type { CollectionSource } from '../features/collection/collection-source.ts'
import { SECTIONS } from '../features/collection/sections.ts'
import type { Job } from './job.ts'

/** Sources of one section are read by jobs of this prefix, and kept under this prefix of collector names. */
export const COLLECT_PREFIXES = SECTIONS.map(({ name }) => ({
  section: name,
  job: `collect-${name}-`,
  collector: `${name}:`,
}))

/** In: one configured system. Out: the job that reads it. A failed collection is evidence of its own, not a failed job. */
export const collectSourceJob = (source: CollectionSource): Job => ({
  name: `collect-${source.section}-${source.label}`,
  cron: source.cron,
  expireInSeconds: source.longestSeconds,
  run: async (ctx, signal) => {
    const report = await collectSource(ctx, source, signal)
    const summary = { ...report, unknownUais: report.unknownUais.length }
    if (report.outcome === 'failed') ctx.log.warn(summary, 'collection failed')
    else ctx.log.info(summary, 'collection done')
  },
})
