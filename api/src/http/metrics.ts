import { createKeyGauges, createOtpMeters, type KeyGauges, type OtpMeters } from '@vigie/collectors'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly otp: OtpMeters
  readonly keys: KeyGauges
  observeRequest(method: string, route: string, status: number, seconds: number): void
}

/** Metrics of one process; routes are templates, so that labels stay bounded. */
export function createMetrics(options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (options.processMetrics) collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of API requests by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return {
    registry,
    otp: createOtpMeters(registry),
    keys: createKeyGauges(registry),
    observeRequest: (method, route, status, seconds) =>
      duration.observe({ method, route, status: String(status) }, seconds),
  }
}
