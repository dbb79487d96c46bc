import { schema, type Identity, type Perimeter } from '@vigie/db'
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

function fallback({ kind, code }: Perimeter): string {
  if (kind !== 'collectivite') return `${PERIMETER_LABELS[kind]} ${code}`
  const [nature = '', number = ''] = code.split(':')
  const words: Record<string, string> = { commune: 'Commune', departement: 'Département', region: 'Région' }
  return `${words[nature] ?? PERIMETER_LABELS.collectivite} ${number}`.trim()
}
