import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { AppError } from '../../errors.ts'

export type EtablissementRow = typeof schema.etablissement.$inferSelect

/** In: an UAI. Out: the establishment. Errors: `not_found` when absent or outside the caller's perimeters. */
export async function findEtablissement(tx: Tx, uai: string): Promise<EtablissementRow> {
  const [row] = await tx.select().from(schema.etablissement).where(eq(schema.etablissement.uai, uai))
  if (!row) throw new AppError('not_found', 'Aucun établissement de votre périmètre ne porte cet UAI.')
  return row
}
