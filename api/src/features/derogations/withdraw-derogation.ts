import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone } from '../arbitrations/settle.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { findDerogation, refuseUnless } from './find-derogation.ts'
import { presentDerogation } from './present.ts'
import type { DerogationAnswer } from './schema.ts'

const { derogation } = schema

/**
 * Takes back a request, or ends a derogation before its expiry: the establishment that asked may, and the RSSI. The
 * establishment is evaluated at once. Errors: `forbidden`, `not_found`, `conflict` when nothing is left to withdraw.
 */
export async function withdrawDerogation(
  ctx: Context,
  target: { uai: string; id: string },
): Promise<DerogationAnswer> {
  const identity = authorise(
    ctx.actor,
    may(ctx.actor, 'derogation:approve') ? 'derogation:approve' : 'derogation:request',
  )
  const withdrawnBy = personOf(ctx)
  const withdrawnAt = ctx.clock.now()
  const ended = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const { uai } = await findOpenEtablissement(tx, target.uai)
    const standing = await findDerogation(tx, uai, target.id)
    refuseUnless(standing, withdrawnAt, 'pending', 'in_force')
    const [row] = await tx
      .update(derogation)
      .set({ withdrawnAt, withdrawnBy })
      .where(eq(derogation.id, standing.id))
      .returning()
    if (!row) throw new Error('the derogation was not written')
    await markDue(tx, [uai], withdrawnAt)
    await record(tx, ctx, {
      action: 'derogation.withdraw',
      subject: { kind: 'derogation', id: row.id },
      uai,
      details: { requirement: row.requirement },
    })
    return row
  })
  await evaluateEtablissements(ctx, [ended.uai])
  return presentDerogation(ended, withdrawnAt)
}
