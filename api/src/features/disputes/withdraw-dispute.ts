import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone } from '../arbitrations/settle.ts'
import { personOf } from '../declarations/target.ts'
import { findOpenDispute } from './find-dispute.ts'

/** Takes a dispute back before it is decided. Errors: `forbidden`, `not_found`, `conflict` once it is decided. */
export async function withdrawDispute(ctx: Context, { id }: { id: string }): Promise<void> {
  const identity = authorise(ctx.actor, 'dispute:open')
  const decidedBy = personOf(ctx)
  await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const open = await findOpenDispute(tx, id)
    await tx
      .update(schema.dispute)
      .set({ decision: 'withdrawn', decidedAt: ctx.clock.now(), decidedBy })
      .where(eq(schema.dispute.id, open.id))
    await record(tx, ctx, {
      action: 'dispute.withdraw',
      subject: { kind: 'dispute', id },
      uai: open.uai,
      details: { requirement: open.requirement },
    })
  })
}
