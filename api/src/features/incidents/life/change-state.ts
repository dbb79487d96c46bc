import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { record } from '../../../journal/record.ts'
import type { IncidentRecord } from './find-incident.ts'

/** Writes columns of a held incident. */
export const updateIncident = (
  tx: Tx,
  id: string,
  values: Partial<typeof schema.incident.$inferInsert>,
): Promise<unknown> => tx.update(schema.incident).set(values).where(eq(schema.incident.id, id))

/** Journals an act on an incident: neither its words nor its title. */
export const recordAct = (
  tx: Tx,
  ctx: Context,
  action: string,
  { id, uai, number }: Pick<IncidentRecord, 'id' | 'uai' | 'number'>,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> =>
  record(tx, ctx, {
    action: `incident.${action}`,
    subject: { kind: 'incident', id },
    ...(uai ? { uai } : {}),
    details: { number, ...details },
  })
