import {
  createFailureGauges,
  createFailureWindows,
  createHttpMeters,
  createJobMeters,
  createLiveStreams,
  createOtpMeters,
  createPoolGauges,
  createScrapeGauges,
  createSyslogMeters,
  type FailureWindows,
  type JobMeters,
  type LiveStreams,
  type OtpMeters,
  type SyslogMeters,
} from '@vigie/collectors'
import { collectDefaultMetrics, Registry } from 'prom-client'

/** What one process measures of itself. What is read from the database stands in features/health. */
export interface Metrics {
  readonly registry: Registry
  readonly otp: OtpMeters
  /** Refusals of each holder, in memory. */
  readonly failures: FailureWindows
  readonly jobs: JobMeters
  readonly live: LiveStreams
  /** Receiver of journals. */
  readonly syslog: SyslogMeters
  /** Gauges that a scrape fills. */
  readonly scraped: {
    readonly failures: ReturnType<typeof createFailureGauges>
    readonly pools: ReturnType<typeof createPoolGauges>
    readonly self: ReturnType<typeof createScrapeGauges>
  }
  /** `route` is a template, so that labels stay bounded. */
  observeRequest(method: string, route: string, status: number, seconds: number): void
}

/** Gauges that prom-client names like counters; each has a twin by type, without `_total`. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
]

/** Metrics of one process. */
export function createMetrics(options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (options.processMetrics) {
    collectDefaultMetrics({ register: registry })
    for (const name of MISNAMED) registry.removeSingleMetric(name)
  }
  const http = createHttpMeters(registry)
  return {
    registry,
    otp: createOtpMeters(registry),
    failures: createFailureWindows(),
    jobs: createJobMeters(registry),
    live: createLiveStreams(registry),
    syslog: createSyslogMeters(registry),
    scraped: {
      failures: createFailureGauges(registry),
      pools: createPoolGauges(registry),
      self: createScrapeGauges(registry),
    },
    observeRequest: (method, route, status, seconds) => http.observe(method, route, status, seconds),
  }
}
