import { schema, type Identity } from '@vigie/db'
import { inArray } from 'drizzle-orm'
import type { Context } from '../../context.ts'

/** Of these UAI, those that the identity sees. */
export async function visibleUais(
  ctx: Context,
  identity: Identity,
  uais: readonly string[],
): Promise<ReadonlySet<string>> {
  if (uais.length === 0) return new Set()
  const rows = await ctx.db.transact(identity, (tx) =>
    tx
      .select({ uai: schema.etablissement.uai })
      .from(schema.etablissement)
      .where(inArray(schema.etablissement.uai, [...uais])),
  )
  return new Set(rows.map(({ uai }) => uai))
}
