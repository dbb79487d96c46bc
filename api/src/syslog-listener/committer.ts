import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { commitBatch } from './commit-batch.ts'
import type { Batch, Tally } from './tally.ts'

/** Messages counted but not committed, from which nothing more is read. */
export const PENDING_LIMIT = 10_000
/** Messages from which a commit does not wait for its hour. */
const COMMIT_AT = 2_000
const EVERY_MS = 1_000
const RETRY_MS = 1_000
/** What peers that wait send meanwhile goes into the same commit. */
const SOON_MS = 5

export interface CommitEvents {
  /** What is counted from now on belongs to the next commit. */
  readonly sealed: () => void
  readonly committed: (live: ReadonlySet<string>, batch: Batch) => void
  readonly failed: (error: unknown) => void
}

export interface Committer {
  /** Messages were counted. In: whether a peer waits for their commit before it sends more. */
  counted(awaited: boolean): void
  /** True while the database is so far behind that nothing more may be read. */
  full(): boolean
  /** Messages counted but not committed. */
  pending(): number
  /** Commits everything counted so far, trying again until `signal` aborts. Out: whether all of it is kept. */
  drain(signal: AbortSignal): Promise<boolean>
  stop(): void
}

/** Commits what is counted every second, or sooner when there is much; one commit at a time, tried until it succeeds. */
export function startCommitter(ctx: Context, tally: Tally, events: CommitEvents): Committer {
  let committing: Batch | null = null
  let running: Promise<void> | null = null
  let stopped = false
  let awaited = false

  const commit = async (): Promise<void> => {
    if (!committing) {
      if (tally.messages === 0) return
      awaited = false
      events.sealed()
      committing = tally.take()
    }
    const batch = committing
    try {
      const live = await commitBatch(ctx, batch)
      committing = null
      events.committed(live, batch)
    } catch (error) {
      events.failed(error)
      await pause(RETRY_MS)
    }
  }
  const wanted = () => committing !== null || tally.messages > 0
  const run = (): Promise<void> => {
    running ??= commit().finally(() => {
      running = null
      if (awaited && !stopped) soon()
    })
    return running
  }
  const soon = () => void setTimeout(() => void run(), SOON_MS)
  const timer = setInterval(() => void run(), EVERY_MS)
  return {
    counted: (waits) => {
      if (stopped) return
      if (waits && !awaited) {
        awaited = true
        soon()
      }
      if (tally.messages >= COMMIT_AT) void run()
    },
    full: () => tally.messages >= PENDING_LIMIT,
    pending: () => tally.messages + (committing?.messages ?? 0),
    drain: async (signal) => {
      while (wanted() && !signal.aborted) await run()
      return !wanted()
    },
    stop: () => {
      stopped = true
      clearInterval(timer)
    },
  }
}
