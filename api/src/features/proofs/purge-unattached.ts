import { schema } from '@vigie/db'
import { and, eq, inArray, lt } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { isUnattached } from './present-proof.ts'

const { proof, proofContent } = schema
const WORKER = { role: 'vigie_worker' } as const
const DAY_MS = 86_400_000
const AT_ONCE = 200

/** Days that a proof waits to be cited: a form left half-way is taken up again within that time. */
export const UNATTACHED_DAYS = 30

/** Removes the proofs that nothing cites any more or yet, after `UNATTACHED_DAYS`. Out: how many. */
export async function purgeUnattached(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - UNATTACHED_DAYS * DAY_MS)
  let removed = 0
  for (let last = AT_ONCE; last === AT_ONCE; removed += last) {
    last = await write(ctx, WORKER, async (tx) => {
      const held = await tx
        .select({ id: proof.id })
        .from(proof)
        .where(and(lt(proof.uploadedAt, before), isUnattached))
        .limit(AT_ONCE)
        .for('update', { skipLocked: true })
      if (held.length === 0) return 0
      // Whoever cited one while this waited for its row is seen by this second look.
      const free = await tx
        .select({ id: proof.id })
        .from(proof)
        .where(
          and(
            inArray(
              proof.id,
              held.map(({ id }) => id),
            ),
            isUnattached,
          ),
        )
      for (const { id } of free) {
        await tx.delete(proofContent).where(eq(proofContent.proofId, id))
        await tx.delete(proof).where(eq(proof.id, id))
      }
      await record(tx, ctx, {
        action: 'proof.purge',
        subject: { kind: 'lot', id: ctx.clock.now().toISOString() },
        details: { removed: free.length },
      })
      return free.length
    })
  }
  return removed
}
