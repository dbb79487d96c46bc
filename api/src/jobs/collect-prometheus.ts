import type { PrometheusSource } from '../features/collection/collect-file.ts'
import { collectPrometheus } from '../features/collection/collect-prometheus.ts'
import type { Job } from './job.ts'

export const COLLECT_PREFIX = 'collect-prometheus-'

/** In: one configured Prometheus. Out: the job that reads it. A failed collection is evidence of its own, not a failed job. */
export const collectPrometheusJob = (source: PrometheusSource): Job => ({
  name: `${COLLECT_PREFIX}${source.name}`,
  cron: source.cron,
  expireInSeconds: 900,
  run: async (ctx, signal) => {
    const report = await collectPrometheus(ctx, source, signal)
    const summary = { ...report, unknownUais: report.unknownUais.length }
    if (report.outcome === 'failed') ctx.log.warn(summary, 'collection failed')
    else ctx.log.info(summary, 'collection done')
  },
})
