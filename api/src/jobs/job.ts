import type { Context } from '../context.ts'

/** One kind of background work. Running it twice, or in two processes at once, must be harmless. */
export interface Job {
  readonly name: string
  /** Five-field cron in UTC, in addition to what `isWanted` asks for. */
  readonly cron?: string
  /** Cheap question asked every second or so: is there something to do before the next date of `cron`? */
  readonly isWanted?: (ctx: Context) => Promise<boolean>
  /** Asked once when a process starts: must it run now rather than at the next date of `cron`? */
  readonly isDueAtStart?: (ctx: Context) => Promise<boolean>
  /** Seconds between two runs asked for by `isWanted`, over all processes. */
  readonly atMostEverySeconds?: number
  /** Seconds after which a run that never ended is given up. */
  readonly expireInSeconds: number
  readonly run: (ctx: Context, signal: AbortSignal) => Promise<void>
}
