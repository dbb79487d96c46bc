import type { Identity, Perimeter, Tx } from '@vigie/db'
import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { academieName, collectiviteName, departementName } from '../etablissements/labels.ts'
import type { Overview } from './schema.ts'

const NAMED_BY = {
  circonscription: sql`select min(e.circonscription_name) as name from etablissement e where e.circonscription = `,
  bassin: sql`select min(e.bassin_name) as name from etablissement e where e.bassin = `,
  collectivite: sql`select min(e.commune) as name from etablissement e where e.collectivite = `,
  etablissement: sql`select min(e.name) as name from etablissement e where e.uai = `,
} as const

async function labelOf(tx: Tx, { kind, code }: Perimeter): Promise<string> {
  if (kind === 'academie') return academieName(code)
  if (kind === 'departement') return `Département ${departementName(code)}`
  const [row] = rowsOf<{ name: string | null }>(await tx.execute(sql`${NAMED_BY[kind]}${code}`))
  if (kind === 'collectivite') return collectiviteName(code, row?.name ?? null)
  return row?.name ?? code
}

/** In: the identity of the caller. Out: its perimeters with their names, and one label for the page's title. */
export async function scopeOf(tx: Tx, identity: Identity): Promise<Overview['scope']> {
  if (identity.role !== 'vigie_app') return { label: 'Tous les établissements', perimeters: [] }
  const distinct = new Map(identity.perimeters.map((p) => [`${p.kind}:${p.code}`, p]))
  const perimeters: Overview['scope']['perimeters'] = []
  for (const perimeter of distinct.values())
    perimeters.push({ ...perimeter, label: await labelOf(tx, perimeter) })
  const [first] = perimeters
  if (!first) return { label: 'Aucun périmètre', perimeters }
  return {
    label: perimeters.length === 1 ? first.label : `${first.label} et ${perimeters.length - 1} autres`,
    perimeters,
  }
}
