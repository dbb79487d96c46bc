import { schema } from '@vigie/db'
import type { Context } from '../context.ts'
import { describeBreak } from './describe-break.ts'
import { record } from './record.ts'
import { verifyJournal, type Anchor, type JournalVerification } from './verify-journal.ts'
import { write } from './write.ts'

/**
 * Verifies the journal and keeps what was found, for the metrics and the alerts. In: an anchor noted elsewhere, or null.
 * A journal that is broken is an answer, not an error.
 */
export async function proveJournal(ctx: Context, anchor: Anchor | null = null): Promise<JournalVerification> {
  const found = await verifyJournal(ctx, anchor)
  const outcome = found.broken ? 'broken' : 'whole'
  const firstBreak = found.broken ? describeBreak(found.broken) : null
  await write(ctx, { role: 'vigie_worker' }, async (tx) => {
    const id = ctx.random.uuid()
    const verifiedAt = ctx.clock.now()
    const { entries, batches } = found
    await tx.insert(schema.journalVerification).values({ id, verifiedAt, outcome, entries, firstBreak })
    await record(tx, ctx, {
      action: 'journal.verify',
      subject: { kind: 'journal', id },
      details: { outcome, entries, batches, anchored: anchor !== null, firstBreak },
    })
  })
  if (found.broken) ctx.log.error({ broken: found.broken }, 'the journal is broken')
  return found
}
