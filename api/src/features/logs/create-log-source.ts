import { schema, type Tx } from '@vigie/db'
import { count, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { refuseTaken } from './refuse-taken.ts'
import type { LogSource, NewLogSource } from './schema.ts'
import { findSourceRow, presentSources } from './source-row.ts'

/** Servers and equipment of a large lycée, and room. */
const SOURCES_LIMIT = 60

/**
 * Expects the journals of a machine: from now on the receiver knows its certificate. Errors: `forbidden`, `not_found`,
 * `conflict` (the certificate stands for another source, or too many sources).
 */
export async function createLogSource(ctx: Context, input: NewLogSource): Promise<LogSource> {
  const identity = authorise(ctx.actor, 'log_source:manage')
  const createdBy = personOf(ctx)
  const id = ctx.random.uuid()
  const { label, fingerprint, certificateName } = input
  await refuseTaken(ctx, { fingerprint, certificateName })
  return write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, input.uai)
    await assertRoom(tx, uai)
    await tx.insert(schema.logSource).values({
      ...{ id, uai, label, fingerprint, certificateName, createdBy },
      createdAt: ctx.clock.now(),
    })
    await record(tx, ctx, {
      action: 'log_source.create',
      subject: { kind: 'log_source', id },
      uai,
      details: { fingerprint, certificateName },
    })
    const [created] = await presentSources(ctx, tx, [await findSourceRow(tx, id)])
    if (!created) throw new Error('the source just created is absent')
    return created
  })
}

async function assertRoom(tx: Tx, uai: string): Promise<void> {
  const [known] = await tx
    .select({ sources: count() })
    .from(schema.logSource)
    .where(eq(schema.logSource.uai, uai))
  if ((known?.sources ?? 0) >= SOURCES_LIMIT)
    throw new AppError(
      'conflict',
      `Cet établissement a déjà ${SOURCES_LIMIT} sources : supprimez d’abord celles qui ne servent plus.`,
    )
}
