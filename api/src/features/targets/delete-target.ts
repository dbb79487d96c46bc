import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { findTarget } from './target-row.ts'

/**
 * A declared target is watched no more. A learnt one would come back: it is put aside instead. Errors: `forbidden`,
 * `not_found`, `conflict`.
 */
export async function deleteTarget(ctx: Context, place: { uai: string; targetId: string }): Promise<void> {
  const identity = authorise(ctx.actor, 'target:write')
  await write(ctx, identity, async (tx) => {
    const { uai } = await findEtablissement(tx, place.uai)
    const { row } = await findTarget(tx, uai, place.targetId)
    if (row.origin === 'learnt') {
      throw new AppError(
        'conflict',
        'Cette cible vient du parc et y reviendrait : mettez-la de côté, ou sortez sa machine du parc.',
      )
    }
    await tx.delete(schema.supervisionTarget).where(eq(schema.supervisionTarget.id, row.id))
    await record(tx, ctx, {
      action: 'target.delete',
      subject: { kind: 'target', id: row.id },
      uai,
      details: { module: row.module, address: row.address },
    })
  })
}
