import type { Frame, Traffic } from './traffic-view.ts'

/** Without a frame for that long, what is shown is said to be old. */
const STALE_MS = 5_000
/** Without one for that long, the connection is taken for dead. */
const DEAD_MS = 20_000
/** So many refusals in a row are told: one may come from a server that only just starts. */
const REFUSALS_TOLD = 2
/** `EventSource.CLOSED`: a server answered, and not with a stream. */
const CLOSED = 2
const DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const

/**
 * `waiting` until the first frame, or while the page is hidden; `refused` when a server answers without a stream and does
 * not say why; `ended` when it said that the session or the right is gone.
 */
export type FollowState = 'waiting' | 'live' | 'stale' | 'refused' | 'ended'

/** What of `EventSource` serves here. */
export interface Source {
  readonly readyState: number
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void
  close(): void
}

export interface Following {
  /** Leaves the stream alone until `resume`. */
  suspend(): void
  resume(): void
  stop(): void
}

/**
 * Follows the stream, and comes back by itself after a cut, more and more slowly. In: how to open it, a clock in
 * milliseconds, and who is told: of the whole picture, of each frame, of the state.
 */
export function followTraffic(options: {
  readonly open: () => Source
  readonly now: () => number
  readonly onTraffic: (traffic: Traffic) => void
  readonly onFrame: (frame: Frame) => void
  readonly onState: (state: FollowState) => void
}): Following {
  let source: Source | null = null
  let state: FollowState = 'waiting'
  let attempts = 0
  let refusals = 0
  let heardAt = options.now()
  let openedAt = heardAt
  let retry: ReturnType<typeof setTimeout> | null = null

  const tell = (next: FollowState) => {
    if (next === state) return
    state = next
    options.onState(next)
  }
  const heard = () => {
    heardAt = options.now()
    attempts = 0
    refusals = 0
    tell('live')
  }
  const close = () => {
    source?.close()
    source = null
    if (retry !== null) clearTimeout(retry)
    retry = null
  }
  const comeBack = () => {
    close()
    const delay = DELAYS_MS[Math.min(attempts, DELAYS_MS.length - 1)] ?? 0
    attempts += 1
    retry = setTimeout(connect, delay)
  }
  const cut = (from: Source) => {
    refusals = from.readyState === CLOSED ? refusals + 1 : 0
    if (refusals >= REFUSALS_TOLD) tell('refused')
    comeBack()
  }
  const connect = () => {
    close()
    const opened = options.open()
    source = opened
    openedAt = options.now()
    const on = (type: string, listener: (data: unknown) => void) =>
      opened.addEventListener(type, (event) => {
        if (source === opened) listener(typeof event.data === 'string' ? JSON.parse(event.data) : null)
      })
    on('traffic', (data) => {
      heard()
      options.onTraffic(data as Traffic)
    })
    on('frame', (data) => {
      heard()
      options.onFrame(data as Frame)
    })
    on('bye', (data) => {
      const { why } = data as { why: string }
      if (why === 'ended') {
        close()
        tell('ended')
      } else comeBack()
    })
    on('error', () => cut(opened))
  }
  const watch = setInterval(() => {
    if (state === 'ended' || (source === null && retry === null)) return
    if (options.now() - heardAt > STALE_MS && refusals < REFUSALS_TOLD) tell('stale')
    if (source !== null && options.now() - Math.max(heardAt, openedAt) > DEAD_MS) comeBack()
  }, 500)
  connect()
  return {
    suspend: () => {
      if (state === 'ended') return
      close()
      tell('waiting')
    },
    resume: () => {
      if (state === 'ended' || source !== null || retry !== null) return
      heardAt = options.now()
      connect()
    },
    stop: () => {
      clearInterval(watch)
      close()
    },
  }
}
