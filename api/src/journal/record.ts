import { schema, type Tx } from '@vigie/db'
import type { Context } from '../context.ts'

/** One line of the journal: who did what to which subject. Details hold nothing secret and no personal data. */
export interface JournalEntry {
  readonly action: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly uai?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** Writes the entry in the caller's transaction: the change and its trace stand or fall together. */
export async function record(tx: Tx, ctx: Context, entry: JournalEntry): Promise<void> {
  const actor = ctx.actor
  await tx.insert(schema.journalEntry).values({
    at: ctx.clock.now(),
    actorKind: actor.kind === 'anonymous' ? 'system' : actor.kind,
    actorId: actor.kind === 'anonymous' ? 'anonymous' : actor.id,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    uai: entry.uai ?? null,
    details: { ...entry.details },
    requestId: ctx.requestId,
  })
}
