import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { AppError } from '../../../errors.ts'

export type IncidentRecord = typeof schema.incident.$inferSelect

const orAbsent = (row: IncidentRecord | undefined): IncidentRecord => {
  if (!row) throw new AppError('not_found', 'Cet incident n’existe pas ou n’est pas dans votre périmètre.')
  return row
}

/** In: an id. Out: the incident. Errors: `not_found` when absent or outside the caller's perimeters. */
export async function findIncident(tx: Tx, id: string): Promise<IncidentRecord> {
  const [row] = await tx.select().from(schema.incident).where(eq(schema.incident.id, id))
  return orAbsent(row)
}

/** Like `findIncident`; nobody else changes it until the transaction ends. */
export async function lockIncident(tx: Tx, id: string): Promise<IncidentRecord> {
  const [row] = await tx.select().from(schema.incident).where(eq(schema.incident.id, id)).for('update')
  return orAbsent(row)
}
