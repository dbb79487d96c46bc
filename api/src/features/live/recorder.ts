import { schema, type Database } from '@vigie/db'
import type { Deps } from '../../context.ts'
import type { Reason } from '../otp/outcome.ts'
import { BUCKETS, bucketOf } from './latency.ts'

/** Rows kept while the database is away: a few minutes of one académie; older ones are lost. */
const KEPT = 600
/** After the end of a second: its last verifications are then counted. */
const LATE_MS = 30

interface Counted {
  readonly second: number
  readonly academie: string
  readonly reasons: Partial<Record<Reason, number>>
  readonly durations: number[]
}

export interface Recorder {
  note(academie: string, reason: Reason, seconds: number): void
  /** Writes the seconds that are over, one row each and académie. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const recorders = new WeakMap<Database, Recorder>()

/** Counts one verification, in memory; nothing when this process records no traffic. `academie` is null for nobody's. */
export function noteVerification(
  { db }: Deps,
  academie: string | null,
  reason: Reason,
  seconds: number,
): void {
  if (academie !== null) recorders.get(db)?.note(academie, reason, seconds)
}

/**
 * Counts the verifications of this process per second and académie, and writes the seconds that are over, off the path.
 * A process that dies loses the second under way.
 */
export function startRecorder(deps: Deps): Recorder {
  const process = deps.random.uuid()
  let current = new Map<string, Counted>()
  let waiting: Counted[] = []
  let writing: Promise<void> = Promise.resolve()
  const secondNow = () => Math.floor(deps.clock.now().getTime() / 1_000)

  const takeUntil = (second: number) => {
    const over = [...current.values()].filter((counted) => counted.second < second)
    if (over.length === 0) return
    current = new Map([...current].filter(([, counted]) => counted.second >= second))
    waiting = [...waiting, ...over].slice(-KEPT)
  }
  const write = async () => {
    const rows = waiting
    if (rows.length === 0) return
    await deps.db.transact({ role: 'vigie_worker' }, (tx) =>
      tx
        .insert(schema.otpTraffic)
        .values(rows.map((counted) => ({ ...counted, second: new Date(counted.second * 1_000), process })))
        .onConflictDoNothing(),
    )
    waiting = waiting.filter((counted) => !rows.includes(counted))
  }
  const writeUntil = (second: number) => {
    takeUntil(second)
    writing = writing.then(write).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'traffic could not be written: it waits')
    })
    return writing
  }
  let timer: NodeJS.Timeout
  const arm = () => {
    const now = deps.clock.now().getTime()
    timer = setTimeout(
      () => {
        arm()
        if (current.size > 0 || waiting.length > 0) void writeUntil(secondNow())
      },
      1_000 - (now % 1_000) + LATE_MS,
    )
    timer.unref()
  }
  arm()

  const recorder: Recorder = {
    note: (academie, reason, seconds) => {
      const second = secondNow()
      const key = `${second} ${academie}`
      let counted = current.get(key)
      if (!counted) {
        counted = { second, academie, reasons: {}, durations: new Array<number>(BUCKETS).fill(0) }
        current.set(key, counted)
      }
      counted.reasons[reason] = (counted.reasons[reason] ?? 0) + 1
      counted.durations[bucketOf(seconds)]! += 1
    },
    flush: () => writeUntil(secondNow()),
    stop: async () => {
      clearTimeout(timer)
      recorders.delete(deps.db)
      await writeUntil(Infinity)
    },
  }
  recorders.set(deps.db, recorder)
  return recorder
}
