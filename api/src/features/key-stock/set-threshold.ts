import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keptDepartement } from './place.ts'

/** Sets the number of keys under which a département is in alert; 0 takes it away. Errors: `not_found`. */
export async function setThreshold(
  ctx: Context,
  target: { readonly departement: string },
  { minimum }: { readonly minimum: number },
): Promise<{ departement: string; minimum: number }> {
  const identity = authorise(ctx.actor, 'key:stock')
  const { code: departement, academie } = keptDepartement(identity, target.departement)
  const { stockThreshold } = schema
  await write(ctx, identity, async (tx) => {
    if (minimum === 0)
      await tx
        .delete(stockThreshold)
        .where(and(eq(stockThreshold.academie, academie), eq(stockThreshold.departement, departement)))
    else
      await tx
        .insert(stockThreshold)
        .values({ academie, departement, minimum })
        .onConflictDoUpdate({
          target: [stockThreshold.academie, stockThreshold.departement],
          set: { minimum },
        })
    await record(tx, ctx, {
      action: 'stock.threshold',
      subject: { kind: 'stock', id: departement },
      details: { academie, minimum },
    })
  })
  return { departement, minimum }
}
