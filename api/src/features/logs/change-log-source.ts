import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { refuseTaken } from './refuse-taken.ts'
import type { LogSource, LogSourceChange } from './schema.ts'
import { findSourceRow, presentSources } from './source-row.ts'

/**
 * Names a source, gives it another certificate, puts it aside or takes it back. A source put aside is refused by the
 * receiver within a second, and no longer expected. Errors: `forbidden`, `not_found`, `conflict`.
 */
export async function changeLogSource(ctx: Context, id: string, change: LogSourceChange): Promise<LogSource> {
  const identity = authorise(ctx.actor, 'log_source:manage')
  const { fingerprint = null, certificateName = null } = change
  await ctx.db.transact(identity, (tx) => findSourceRow(tx, id))
  await refuseTaken(ctx, { fingerprint, certificateName }, id)
  return write(ctx, identity, async (tx) => {
    const source = await findSourceRow(tx, id)
    const { row } = source
    const known = fingerprint !== null || certificateName !== null
    const changed = {
      label: change.label ?? row.label,
      fingerprint: known ? fingerprint : row.fingerprint,
      certificateName: known ? certificateName : row.certificateName,
      disabledAt:
        change.enabled === undefined
          ? row.disabledAt
          : change.enabled
            ? null
            : (row.disabledAt ?? ctx.clock.now()),
    }
    await tx.update(schema.logSource).set(changed).where(eq(schema.logSource.id, id))
    await record(tx, ctx, {
      action: 'log_source.change',
      subject: { kind: 'log_source', id },
      uai: row.uai,
      details: {
        fingerprint: changed.fingerprint,
        certificateName: changed.certificateName,
        enabled: changed.disabledAt === null,
      },
    })
    const [presented] = await presentSources(ctx, tx, [{ ...source, row: { ...row, ...changed } }])
    if (!presented) throw new Error('the source just changed is absent')
    return presented
  })
}
