import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { unknownProof, withCitations } from './present-proof.ts'

const { proof, proofContent } = schema

/** Removes a proof that nothing cites. Errors: `forbidden`, `not_found`, `conflict` when something cites it. */
export async function deleteProof(ctx: Context, id: string): Promise<void> {
  const identity = authorise(ctx.actor, 'proof:write')
  await write(ctx, identity, async (tx) => {
    const held = await tx.select().from(proof).where(eq(proof.id, id)).for('update')
    const [found] = await withCitations(tx, held)
    if (!found) throw unknownProof()
    if (found.attached) {
      throw new AppError(
        'conflict',
        'Une déclaration ou un constat cite cette preuve : elle est conservée avec l’historique.',
      )
    }
    await tx.delete(proofContent).where(eq(proofContent.proofId, id))
    await tx.delete(proof).where(eq(proof.id, id))
    await record(tx, ctx, {
      action: 'proof.delete',
      subject: { kind: 'proof', id },
      uai: found.uai,
      details: { sha256: found.sha256 },
    })
  })
}
