import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { presentProofs, unknownProof, withCitations } from './present-proof.ts'
import type { Proof } from './schema.ts'

/** What is known of a proof, without its content. Errors: `forbidden`, `not_found`. */
export async function readProof(ctx: Context, id: string): Promise<Proof> {
  const identity = authorise(ctx.actor, 'proof:read')
  const cited = await ctx.db.transact(identity, async (tx) =>
    withCitations(tx, await tx.select().from(schema.proof).where(eq(schema.proof.id, id))),
  )
  const [shown] = await presentProofs(ctx, cited)
  if (!shown) throw unknownProof()
  return shown
}
