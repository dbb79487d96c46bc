import { schema, type Identity, type Perimeter } from '@vigie/db'
import { academieOf, departementOf, regionOf } from '@vigie/rules'
import { eq, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Deps } from '../context.ts'
import { PERIMETER_LABELS } from './roles.ts'

const { etablissement } = schema

/** Where the name of a perimeter is read: on any establishment inside it. */
function nameOf(perimeter: Perimeter): { name: AnyPgColumn; where: SQL } | null {
  switch (perimeter.kind) {
    case 'etablissement':
      return { name: etablissement.name, where: eq(etablissement.uai, perimeter.code) }
    case 'circonscription':
      return {
        name: etablissement.circonscriptionName,
        where: eq(etablissement.circonscription, perimeter.code),
      }
    case 'bassin':
      return { name: etablissement.bassinName, where: eq(etablissement.bassin, perimeter.code) }
    case 'collectivite':
      return perimeter.code.startsWith('commune:')
        ? { name: etablissement.commune, where: eq(etablissement.collectivite, perimeter.code) }
        : null
    case 'academie':
    case 'departement':
      return null
  }
}

/** French words for perimeters, in the same order; the code stands in when nothing names one. */
export function labelPerimeters(
  deps: Deps,
  identity: Identity,
  perimeters: readonly Perimeter[],
): Promise<string[]> {
  return deps.db.transact(identity, async (tx) => {
    const labels: string[] = []
    for (const perimeter of perimeters) {
      const source = nameOf(perimeter)
      const [row] = source
        ? await tx.select({ name: source.name }).from(etablissement).where(source.where).limit(1)
        : []
      labels.push(typeof row?.name === 'string' ? row.name : fallback(perimeter))
    }
    return labels
  })
}

/** « l’académie de Toulouse » becomes « Académie de Toulouse ». */
function withoutArticle(name: string | undefined): string | undefined {
  const bare = name?.replace(/^(l’|le |la )/, '')
  return bare && bare.charAt(0).toUpperCase() + bare.slice(1)
}

/** Collectivité codes carry their nature and, for a département, its three-character code. */
function fallback({ kind, code }: Perimeter): string {
  const [nature = '', number = ''] = code.split(':')
  switch (kind) {
    case 'academie':
      return withoutArticle(academieOf(code)?.fullName) ?? `Académie ${code}`
    case 'departement':
      return departementOf(code)?.name ?? `Département ${code}`
    case 'collectivite':
      if (nature === 'departement') return `Département : ${departementOf(number)?.name ?? number}`
      if (nature === 'region') return `Région : ${regionOf(number)?.name ?? number}`
      return `Commune ${number}`
    default:
      return `${PERIMETER_LABELS[kind]} ${code}`
  }
}
