import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findOpenEtablissement } from '../declarations/target.ts'
import type { Target, TargetChange } from './schema.ts'
import { findTarget, presentTarget } from './target-row.ts'

/**
 * Puts a target aside or back, names it, says which service it stands for. A learnt target keeps the name of its
 * machine. Errors: `forbidden`, `not_found`, `conflict`.
 */
export async function changeTarget(
  ctx: Context,
  place: { uai: string; targetId: string },
  change: TargetChange,
): Promise<Target> {
  const identity = authorise(ctx.actor, 'target:write')
  return write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, place.uai)
    const { row, machineName } = await findTarget(tx, uai, place.targetId)
    const { label, service, enabled } = change
    if (label !== undefined && label !== row.label && row.origin === 'learnt') {
      throw new AppError(
        'conflict',
        'Cette cible vient du parc et porte le nom de sa machine : renommez la machine elle-même.',
      )
    }
    const changed = {
      ...row,
      label: label ?? row.label,
      service: service === undefined ? row.service : service,
      disabledAt:
        enabled === undefined ? row.disabledAt : enabled ? null : (row.disabledAt ?? ctx.clock.now()),
    }
    await tx
      .update(schema.supervisionTarget)
      .set({ label: changed.label, service: changed.service, disabledAt: changed.disabledAt })
      .where(eq(schema.supervisionTarget.id, row.id))
    await record(tx, ctx, {
      action: 'target.change',
      subject: { kind: 'target', id: row.id },
      uai,
      details: { service: changed.service, enabled: changed.disabledAt === null },
    })
    return presentTarget(changed, machineName)
  })
}
