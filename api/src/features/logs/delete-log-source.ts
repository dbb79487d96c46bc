import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findSourceRow } from './source-row.ts'

/** Forgets a source and its counts; its certificate is refused within a second. Errors: `forbidden`, `not_found`. */
export async function deleteLogSource(ctx: Context, id: string): Promise<void> {
  const identity = authorise(ctx.actor, 'log_source:manage')
  const { logSource, logHour, logSequence, logStore } = schema
  await write(ctx, identity, async (tx) => {
    const { row } = await findSourceRow(tx, id)
    await tx.delete(logHour).where(eq(logHour.sourceId, id))
    await tx.delete(logSequence).where(eq(logSequence.sourceId, id))
    await tx.delete(logStore).where(eq(logStore.sourceId, id))
    await tx.delete(logSource).where(eq(logSource.id, id))
    await record(tx, ctx, {
      action: 'log_source.delete',
      subject: { kind: 'log_source', id },
      uai: row.uai,
      details: { fingerprint: row.fingerprint, certificateName: row.certificateName },
    })
  })
}
