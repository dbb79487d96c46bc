import type { PgBoss } from 'pg-boss'
import type { Context } from '../context.ts'
import type { Job } from './job.ts'

/**
 * Turns what the database says is wanted into jobs. The request is the row that the writer committed, in whatever
 * process; nothing has to be told.
 */
export function startWatch(ctx: Context, boss: PgBoss, jobs: readonly Job[], everyMs: number) {
  let looking: Promise<void> = Promise.resolve()
  let stopped = false
  const look = async () => {
    for (const job of jobs) {
      if (stopped || !job.isWanted || !(await job.isWanted(ctx))) continue
      const throttle = job.atMostEverySeconds ? { singletonSeconds: job.atMostEverySeconds } : {}
      await boss.send(job.name, null, throttle)
    }
  }
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    looking = look()
      .catch((error: unknown) => ctx.log.error({ err: error }, 'could not look for wanted jobs'))
      .finally(() => {
        busy = false
      })
  }, everyMs)
  timer.unref()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await looking
    },
  }
}
