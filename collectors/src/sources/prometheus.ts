import {
  CollectionError,
  defineCollector,
  type Collected,
  type CollectorIo,
  type TlsOptions,
} from '../collector.ts'
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
}

/** Queries under way at once: Prometheus serves 20 by default, to all its clients. */
const CONCURRENCY = 4

/**
 * Reads what an existing Prometheus knows of the establishments: one instant query per key, over all of them. A query
 * that fails is a failure of its key; an establishment that has no series is an absence.
 */
export const prometheus = defineCollector<PrometheusConfig>({
  name: 'prometheus',
  help: 'Lit dans un Prometheus existant les séries que les exportateurs donnent de chaque établissement.',
  keys: ({ mapping }) => mapping.map(({ key }) => key),
  collect: async (config, io, signal) => {
    const waiting = [...config.mapping]
    const done: Collected[] = []
    const work = async () => {
      for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
        done.push(await collectKey(config, entry, io, signal))
      }
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, work))
    return {
      evidence: done.flatMap(({ evidence }) => evidence),
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
  const { status, text } = await io.request(
    queryAddress(config.url),
    {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...authorization(config),
      },
      body: new URLSearchParams({ query: entry.query }).toString(),
      ...(config.tls ? { tls: config.tls } : {}),
    },
    signal,
  )
  try {
    return readPrometheusAnswer(status, text, entry, io.now())
  } catch (error) {
    if (!(error instanceof CollectionError) || error.retryable) throw error
    return {
      evidence: [],
      failures: [{ keys: [entry.key], uais: 'all', reason: error.message }],
      ignored: [],
    }
  }
}

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
