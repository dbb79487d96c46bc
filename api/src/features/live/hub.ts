import type { Database } from '@vigie/db'
import type { Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { encodeEvent, encodeRetry, HEARTBEAT, openSink, type EventSink } from './event-stream.ts'
import { openFeed, type Feed } from './feed.ts'
import { scopeKey, type Scope } from './scope.ts'
import { scopesOfSessions } from './sessions-alive.ts'

/** Streams of one account, and in all in this process. A browser opens six connections to a host at most. */
const PER_ACCOUNT = 5
const IN_ALL = 400
const RETRY_MS = 1_000
/** After the end of a second: every process has then written it. */
const AFTER_SECOND_MS = 250
const CHECK_EVERY_MS = 10_000
const HEARTBEAT_EVERY_MS = 10_000
/** A reader that no session stands behind is asked again who it is. */
const UNCHECKED_MS = 60_000

/** Why a stream ends: `ended` the right to read is gone; `changed` it is another one; `restart` come back in a moment. */
export type Farewell = 'ended' | 'changed' | 'restart'

export interface Watcher {
  readonly scope: Scope
  readonly accountId: string
  /** Session that the reader showed, null when it showed a token. */
  readonly tokenHash: string | null
  readonly lastEventId: number | null
  /** Cuts the connection of a reader that does not read. */
  readonly cut: () => void
}

interface Open extends Watcher {
  readonly sink: EventSink
  readonly key: string
  readonly openedAt: number
}

export interface Hub {
  /** Errors: `too_many_requests`, `unavailable` when too many streams are open. */
  open(watcher: Watcher): Promise<ReadableStream<Uint8Array>>
  /** Ends every stream, at once. */
  close(): void
}

const hubs = new WeakMap<Database, Hub>()

/** The streams of this process. */
export function hubOf(deps: Deps): Hub {
  const known = hubs.get(deps.db) ?? createHub(deps)
  hubs.set(deps.db, known)
  return known
}

/** Ends the streams of this process, if it has some. */
export const closeStreams = ({ db }: Deps): void => hubs.get(db)?.close()

function createHub(deps: Deps): Hub {
  const streams = new Set<Open>()
  const feeds = new Map<string, Feed>()
  const expected = new Map<string, number>()
  let timer: NodeJS.Timeout | null = null
  let checkedAt = performance.now()
  let spokeAt = checkedAt

  const told = () => deps.metrics.live.opened(streams.size)
  const dropUnusedFeeds = () => {
    const used = new Set([...streams].map(({ key }) => key))
    for (const key of feeds.keys()) if (!used.has(key)) feeds.delete(key)
  }
  const forget = (stream: Open) => {
    streams.delete(stream)
    told()
    dropUnusedFeeds()
  }
  const leave = (stream: Open, why: Farewell) => {
    const stuck = stream.sink.lags()
    stream.sink.end(encodeEvent('bye', { why }))
    if (stuck) stream.cut()
    forget(stream)
  }
  const send = (stream: Open, bytes: Uint8Array) => {
    if (stream.sink.send(bytes)) return
    stream.sink.end()
    stream.cut()
    forget(stream)
  }
  const check = async () => {
    const now = performance.now()
    const hashes = [...streams].flatMap(({ tokenHash }) => (tokenHash === null ? [] : [tokenHash]))
    const scopes = hashes.length > 0 ? await scopesOfSessions(deps, hashes) : new Map<string, string>()
    for (const stream of streams) {
      if (stream.tokenHash === null) {
        if (now - stream.openedAt >= UNCHECKED_MS) leave(stream, 'changed')
        continue
      }
      const scope = scopes.get(stream.tokenHash)
      if (scope !== stream.key && stream.openedAt < now)
        leave(stream, scope === undefined ? 'ended' : 'changed')
    }
  }
  const round = async () => {
    for (const [key, feed] of feeds) {
      const frame = await feed.advance()
      for (const stream of streams) if (stream.key === key) send(stream, frame)
      spokeAt = performance.now()
    }
    if (performance.now() - checkedAt >= CHECK_EVERY_MS) {
      checkedAt = performance.now()
      await check()
    }
  }
  const beat = () => {
    if (performance.now() - spokeAt < HEARTBEAT_EVERY_MS) return
    spokeAt = performance.now()
    for (const stream of streams) send(stream, HEARTBEAT)
  }
  const arm = () => {
    const wait = 1_000 - ((deps.clock.now().getTime() - AFTER_SECOND_MS) % 1_000)
    timer = setTimeout(() => {
      round()
        .catch((error: unknown) =>
          deps.log.warn({ err: error }, 'the live page could not be brought up to date'),
        )
        .finally(() => {
          beat()
          timer = null
          if (streams.size > 0) arm()
        })
    }, wait)
    timer.unref()
  }
  const admit = (accountId: string) => {
    const own = [...streams].filter((stream) => stream.accountId === accountId).length
    const coming = expected.get(accountId) ?? 0
    if (own + coming >= PER_ACCOUNT)
      throw new AppError(
        'too_many_requests',
        `Votre compte suit déjà le trafic dans ${PER_ACCOUNT} fenêtres. Fermez-en une.`,
        { retryAfterSeconds: 30 },
      )
    if (streams.size + [...expected.values()].reduce((sum, count) => sum + count, 0) >= IN_ALL)
      throw new AppError('unavailable', 'Trop de personnes suivent le trafic. Réessayez dans un instant.', {
        retryAfterSeconds: 30,
      })
    expected.set(accountId, coming + 1)
  }
  const leaveWaiting = (accountId: string) => {
    const left = (expected.get(accountId) ?? 1) - 1
    if (left > 0) expected.set(accountId, left)
    else expected.delete(accountId)
  }
  return {
    open: async (watcher) => {
      admit(watcher.accountId)
      try {
        const key = scopeKey(watcher.scope)
        const feed = feeds.get(key) ?? openFeed(deps, watcher.scope)
        feeds.set(key, feed)
        const greeting = await feed.greeting(watcher.lastEventId)
        const sink = openSink(() => forget(stream))
        const stream: Open = { ...watcher, sink, key, openedAt: performance.now() }
        feeds.set(key, feed)
        streams.add(stream)
        told()
        send(stream, encodeRetry(RETRY_MS))
        send(stream, greeting)
        if (!timer) arm()
        return sink.stream
      } finally {
        leaveWaiting(watcher.accountId)
        dropUnusedFeeds()
      }
    },
    close: () => {
      for (const stream of streams) leave(stream, 'restart')
    },
  }
}
