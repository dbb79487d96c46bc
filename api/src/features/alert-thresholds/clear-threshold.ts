import type { ThresholdAlert } from '@vigie/collectors'
import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keptAcademie } from '../key-stock/place.ts'

/** Gives an alert its default back in an académie; there is nothing to do twice. Errors: `forbidden`, `not_found`. */
export async function clearThreshold(
  ctx: Context,
  target: { readonly academie: string; readonly alert: ThresholdAlert },
): Promise<void> {
  const identity = authorise(ctx.actor, 'threshold:write')
  const academie = keptAcademie(identity, target.academie)
  const { alertThreshold } = schema
  await write(ctx, identity, async (tx) => {
    const cleared = await tx
      .delete(alertThreshold)
      .where(and(eq(alertThreshold.academie, academie), eq(alertThreshold.alert, target.alert)))
      .returning({ alert: alertThreshold.alert })
    if (cleared.length === 0) return
    await record(tx, ctx, {
      action: 'threshold.cleared',
      subject: { kind: 'alert', id: target.alert },
      details: { academie },
    })
  })
}
