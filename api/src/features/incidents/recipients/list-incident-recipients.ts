import { schema } from '@vigie/db'
import { asc } from 'drizzle-orm'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import type { IncidentRecipient } from '../schema.ts'
import { presentRecipient } from './present-recipient.ts'

/** Who is told by mail of the incidents of the caller's académies. Errors: `forbidden`. */
export async function listIncidentRecipients(
  ctx: Context,
): Promise<{ mailConfigured: boolean; rows: IncidentRecipient[] }> {
  const identity = authorise(ctx.actor, 'incident:notify')
  const { incidentRecipient } = schema
  const rows = await ctx.db.transact(identity, (tx) =>
    tx.select().from(incidentRecipient).orderBy(asc(incidentRecipient.academie), asc(incidentRecipient.mail)),
  )
  return { mailConfigured: ctx.config.mail !== null, rows: rows.map(presentRecipient) }
}
