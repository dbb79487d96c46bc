import { schema, type Perimeter } from '@vigie/db'
import { departementOf } from '@vigie/rules'
import type { Grant } from '../../access/actor.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'

/** Where an account stands, from the first of its roles that says. */
export interface OwnPlace {
  readonly academie: string
  readonly departement: string | null
  readonly circonscription: string | null
  readonly uai: string | null
}

const wide = (academie: string, departement: string | null = null): OwnPlace => ({
  academie,
  departement,
  circonscription: null,
  uai: null,
})

/** Errors: `conflict` when no role says in which académie the account works. */
export async function ownPlace(ctx: Context, grants: readonly Grant[]): Promise<OwnPlace> {
  for (const { perimeter } of grants) {
    const place = await placeOf(ctx, perimeter)
    if (place) return place
  }
  throw new AppError('conflict', 'Aucun rôle de ce compte ne dit de quelle académie il relève.')
}

async function placeOf(ctx: Context, perimeter: Perimeter): Promise<OwnPlace | null> {
  if (perimeter.kind === 'academie') return wide(perimeter.code)
  if (perimeter.kind === 'departement') {
    const academie = departementOf(perimeter.code)?.academie
    return academie ? wide(academie, perimeter.code) : null
  }
  const { etablissement } = schema
  const identity = { role: 'vigie_app', perimeters: [perimeter] } as const
  const [inside] = await ctx.db.transact(identity, (tx) => tx.select().from(etablissement).limit(1))
  if (!inside) return null
  const { academie, departement, circonscription, uai } = inside
  switch (perimeter.kind) {
    case 'etablissement':
      return { academie, departement, circonscription, uai }
    case 'circonscription':
      return { academie, departement, circonscription, uai: null }
    default:
      return wide(academie, departement)
  }
}
