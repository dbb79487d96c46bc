import { Counter, Histogram, type Registry } from 'prom-client'
import { gaugesIn } from './gauge.ts'

/** Bounds of a duration: each costs one series an area. */
const REQUEST_BUCKETS = [0.1, 0.5, 2.5]

/**
 * In: a route's template. Out: the part of the site that it belongs to: what stands first, or what of an establishment.
 * Durations are told by area: by route they would make most of the series.
 */
export function areaOf(route: string): string {
  const [, version = '', first = '', parameter = '', second] = route.split('/')
  const about = parameter === ':uai' && second !== undefined ? `/:uai/${second}` : ''
  return first === '' ? route : `/${version}/${first}${about}`
}

export interface HttpMeters {
  /** `route` is a template, `status` the exact one; only its class becomes a label. */
  observe(method: string, route: string, status: number, seconds: number): void
}

const STATUS_CLASSES = ['2xx', '4xx', '5xx'] as const

/** Registers the meters of requests: three series a route and six an area, whatever is sent to them. */
export function createHttpMeters(registry: Registry): HttpMeters {
  const registers = [registry]
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'API requests by route template and class of status (2xx, 4xx, 5xx).',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of API requests by part of the site.',
    labelNames: ['area'],
    buckets: REQUEST_BUCKETS,
    registers,
  })
  const seen = new Set<string>()
  // Counters start at zero, so that the first error of a route is an increase.
  const declare = (method: string, route: string) => {
    const name = `${method} ${route}`
    if (seen.has(name)) return
    seen.add(name)
    for (const status of STATUS_CLASSES) requests.inc({ method, route, status }, 0)
  }
  return {
    observe: (method, route, status, seconds) => {
      declare(method, route)
      requests.inc({ method, route, status: `${Math.floor(status / 100)}xx` })
      duration.observe({ area: areaOf(route) }, seconds)
    },
  }
}

export interface JobMeters {
  /** A job that this process runs: its counters start at zero, so that the first failure is an increase. */
  declare(job: string): void
  ran(job: string, outcome: 'success' | 'failure'): void
}

/** Registers the counter of jobs run by this process. Prometheus keeps the label `job` for itself: theirs is `task`. */
export function createJobMeters(registry: Registry): JobMeters {
  const runs = new Counter({
    name: 'job_runs_total',
    help: 'Runs of background jobs by outcome.',
    labelNames: ['task', 'outcome'],
    registers: [registry],
  })
  return {
    declare: (job) => {
      for (const outcome of ['success', 'failure'] as const) runs.inc({ task: job, outcome }, 0)
    },
    ran: (job, outcome) => runs.inc({ task: job, outcome }),
  }
}

/** One pool of connections to the database, now. */
export interface PoolReading {
  readonly pool: string
  readonly size: number
  readonly inUse: number
  readonly waiting: number
}

/** Registers the gauges of the connection pools of this process. */
export function createPoolGauges(registry: Registry) {
  const gauge = gaugesIn(registry)
  const size = gauge('db_pool_size', 'Connections that the pool may open.', ['pool'])
  const inUse = gauge('db_pool_in_use', 'Connections of the pool in use.', ['pool'])
  const waiting = gauge('db_pool_waiting', 'Requests that wait for a connection of the pool.', ['pool'])
  return {
    set: (pools: readonly PoolReading[]): void => {
      size.replace(pools.map((row) => ({ ...row, value: row.size })))
      inUse.replace(pools.map((row) => ({ ...row, value: row.inUse })))
      waiting.replace(pools.map((row) => ({ ...row, value: row.waiting })))
    },
  }
}

/** Registers what a scrape tells of its own readings of the database. */
export function createScrapeGauges(registry: Registry) {
  const gauge = gaugesIn(registry)
  const age = gauge(
    'metrics_snapshot_age_seconds',
    'Age of what is read from the database now and then; OTP failures are read at each scrape.',
  )
  const success = gauge(
    'metrics_reading_success',
    'Whether the last reading of this family of metrics succeeded; when it did not, they are absent.',
    ['reading'],
  )
  return {
    set: (ageSeconds: number | null, readings: ReadonlyMap<string, boolean>): void => {
      age.replace(ageSeconds === null ? [] : [{ value: ageSeconds }])
      success.replace([...readings].map(([reading, succeeded]) => ({ reading, value: succeeded ? 1 : 0 })))
    },
  }
}
