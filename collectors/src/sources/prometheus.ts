import {
  CollectionError,
  defineCollector,
  type AvailabilitySpan,
  type Collected,
  type CollectorIo,
  type TlsOptions,
} from '../collector.ts'
import { AVAILABILITY_RECORDS, readAvailabilityAnswer } from './availability-answer.ts'
import { readPrometheusAnswer } from './prometheus-answer.ts'
import type { PrometheusMapping, PrometheusMappingEntry } from './prometheus-mapping.ts'

export interface PrometheusConfig {
  /** Base address, with a path prefix when Prometheus has one. */
  readonly url: URL
  readonly credentials?:
    | { readonly kind: 'bearer'; readonly token: string }
    | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  readonly tls?: TlsOptions
  readonly mapping: PrometheusMapping
  /** Read the availability that the delivered rules record. */
  readonly availability?: boolean
}

/** Queries under way at once: Prometheus serves 20 by default, to all its clients. */
const CONCURRENCY = 4
const SPANS = ['1d', '7d', '30d'] as const satisfies readonly AvailabilitySpan[]
const NOTHING: Collected = { evidence: [], availability: [], failures: [], ignored: [] }

/**
 * Reads what an existing Prometheus knows of the establishments: one instant query per key, over all of them, and the
 * availability of their services where the delivered rules record it. A query that fails is a failure of its key; an establishment that has no series is an absence.
 */
export const prometheus = defineCollector<PrometheusConfig>({
  name: 'prometheus',
  help: 'Lit dans un Prometheus existant les séries que les exportateurs donnent de chaque établissement.',
  keys: ({ mapping }) => mapping.map(({ key }) => key),
  collect: async (config, io, signal) => {
    const waiting = [
      ...config.mapping.map((entry) => () => collectKey(config, entry, io, signal)),
      ...(config.availability ? SPANS : []).map(
        (span) => () => collectAvailability(config, span, io, signal),
      ),
    ]
    const done: Collected[] = []
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) done.push(await next())
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, work))
    return {
      evidence: done.flatMap(({ evidence }) => evidence),
      availability: done.flatMap(({ availability }) => availability),
      failures: done.flatMap(({ failures }) => failures),
      ignored: done.flatMap(({ ignored }) => ignored),
    }
  },
})

async function collectKey(
  config: PrometheusConfig,
  entry: PrometheusMappingEntry,
  io: CollectorIo,
  signal: AbortSignal,
): Promise<Collected> {
  const { status, text } = await ask(config, entry.query, io, signal)
  try {
    return readPrometheusAnswer(status, text, entry, io.now())
  } catch (error) {
    const reason = reasonOf(error)
    return { ...NOTHING, failures: [{ keys: [entry.key], uais: 'all', reason }] }
  }
}

/** A refused query leaves the former figures as they are, with their dates. */
async function collectAvailability(
  config: PrometheusConfig,
  span: AvailabilitySpan,
  io: CollectorIo,
  signal: AbortSignal,
): Promise<Collected> {
  const record = AVAILABILITY_RECORDS[span]
  const { status, text } = await ask(config, record, io, signal)
  try {
    return { ...NOTHING, ...readAvailabilityAnswer(status, text, span, io.now()) }
  } catch (error) {
    return { ...NOTHING, ignored: [{ reason: `${record} : ${reasonOf(error)}`, count: 1 }] }
  }
}

/** Why one query failed. Throws again what is worth trying again, and what is no failure of a collection. */
function reasonOf(error: unknown): string {
  if (!(error instanceof CollectionError) || error.retryable) throw error
  return error.message
}

const ask = (config: PrometheusConfig, query: string, io: CollectorIo, signal: AbortSignal) =>
  io.request(
    queryAddress(config.url),
    {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...authorization(config),
      },
      body: new URLSearchParams({ query }).toString(),
      ...(config.tls ? { tls: config.tls } : {}),
    },
    signal,
  )

function queryAddress(base: URL): URL {
  const address = new URL(base)
  address.pathname = `${base.pathname.replace(/\/$/, '')}/api/v1/query`
  return address
}

function authorization({ credentials }: PrometheusConfig): Record<string, string> {
  switch (credentials?.kind) {
    case undefined:
      return {}
    case 'bearer':
      return { authorization: `Bearer ${credentials.token}` }
    case 'basic': {
      const pair = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')
      return { authorization: `Basic ${pair}` }
    }
  }
}
