import pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import type { PoolFigures } from './counted-pool.ts'
import { DatabaseAwayError } from './database-away.ts'

/** Seconds after which a connection is made anew: no backend grows old. */
const LIFETIME_SECONDS = 3_600
/** Milliseconds given to what still runs when the pool is closed. */
const CLOSING_MS = 5_000

export interface ServerPool {
  /** Lends one connection to `work`. Errors: those of `work`; `DatabaseAwayError` when there is none, or it is lost meanwhile. */
  use<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>
  figures(): PoolFigures
  close(): Promise<void>
}

/**
 * Connections to a PostgreSQL server. In: its URL, how many, the milliseconds it has to take one, and what each session
 * starts with (names and values are code, never input). A connection that is lost is never lent again.
 */
export function openServerPool(options: {
  readonly url: string
  readonly name: PoolFigures['pool']
  readonly size: number
  readonly connectMs: number
  readonly session: Readonly<Record<string, string>>
}): ServerPool {
  const { name, size } = options
  const pool = new pg.Pool({
    ...configOf(options.url, options.session),
    max: size,
    // Reads that a transaction asks for together travel together.
    pipeline: true,
    idleTimeoutMillis: 0,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    // Of the pool itself, the time-out would also bound the wait for one of its connections.
    Client: class extends pg.Client {
      constructor(config?: pg.ClientConfig | string) {
        super({ ...(config as pg.ClientConfig), connectionTimeoutMillis: options.connectMs })
      }
    },
  })
  // Without a listener, a connection lost while nobody asks anything of it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    use: async (work) => {
      const client = await pool.connect().catch((error: unknown) => {
        throw new DatabaseAwayError(error)
      })
      let lost: Error | undefined
      const onError = (error: Error) => {
        lost ??= error
      }
      client.on('error', onError)
      try {
        return await work(client)
      } catch (error) {
        throw lost ? new DatabaseAwayError(lost) : error
      } finally {
        client.off('error', onError)
        client.release(lost)
      }
    },
    figures: () => ({
      pool: name,
      size,
      inUse: pool.totalCount - pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: async () => {
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, CLOSING_MS).unref()
      })
      await Promise.race([pool.end(), late])
    },
  }
}

/** The URL's own `options` come first: the session's settings are not to be undone by them. */
function configOf(url: string, session: Readonly<Record<string, string>>): pg.ClientConfig {
  const config = parseIntoClientConfig(url)
  const settings = Object.entries(session).map(([setting, value]) => `-c ${setting}=${value}`)
  return { ...config, options: [config.options, ...settings].filter(Boolean).join(' '), keepAlive: true }
}
