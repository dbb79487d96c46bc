import { rowsOf, type Identity, type Perimeter } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'

/** Perimeters on which the caller may grant, revoke or read access. */
export interface CoveredPerimeters {
  covers(perimeter: Perimeter): boolean
  /** `kind code` of each, null when everything is covered. */
  readonly keys: readonly string[] | null
}

export const perimeterKey = ({ kind, code }: Perimeter): string => `${kind} ${code}`

const EVERYTHING: CoveredPerimeters = { covers: () => true, keys: null }

/**
 * In: the identity that `authorise` gave. Out: the perimeters whose every establishment is visible to it, and its own.
 * A Région that reaches into another académie is therefore not covered.
 */
export async function coveredPerimeters(ctx: Context, identity: Identity): Promise<CoveredPerimeters> {
  if (identity.role !== 'vigie_app') return EVERYTHING
  const everywhere = await countByPerimeter(ctx, { role: 'vigie_worker' })
  const visible = await countByPerimeter(ctx, identity)
  const keys = new Set(identity.perimeters.map(perimeterKey))
  for (const [key, count] of visible) if (everywhere.get(key) === count) keys.add(key)
  return { covers: (perimeter) => keys.has(perimeterKey(perimeter)), keys: [...keys] }
}

async function countByPerimeter(ctx: Context, identity: Identity): Promise<Map<string, number>> {
  const rows = await ctx.db.transact(identity, (tx) =>
    tx.execute(sql`
      select p.kind || ' ' || p.code as key, count(*)::int as count
      from etablissement e cross join lateral (values
        ('academie', e.academie), ('departement', e.departement), ('circonscription', e.circonscription),
        ('bassin', e.bassin), ('collectivite', e.collectivite), ('etablissement', e.uai)
      ) as p (kind, code)
      where p.code is not null group by 1`),
  )
  return new Map(rowsOf<{ key: string; count: number }>(rows).map(({ key, count }) => [key, count]))
}
