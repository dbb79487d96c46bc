import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'

const ACTION = 'demonstration.stage'
const SUBJECT = 'demonstration'
const WORKER = { role: 'vigie_worker' } as const

export const DONE = 'terminée'

/** Stages already done, with the end of the story that the first one fixed; empty on a new database. */
export async function stagesDone(ctx: Context): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.asOwner((tx) =>
    tx
      .select({ id: schema.journalEntry.subjectId, details: schema.journalEntry.details })
      .from(schema.journalEntry)
      .where(and(eq(schema.journalEntry.action, ACTION), eq(schema.journalEntry.subjectKind, SUBJECT))),
  )
  return new Map(rows.map(({ id, details }) => [id, String(details['end'])]))
}

/** Journals that a stage is over: a build that was interrupted resumes after it. */
export const markDone = (ctx: Context, stage: string, end: Date): Promise<void> =>
  write(ctx, WORKER, (tx) =>
    record(tx, ctx, {
      action: ACTION,
      subject: { kind: SUBJECT, id: stage },
      details: { end: end.toISOString() },
    }),
  )
