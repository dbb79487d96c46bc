import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { record } from '../../../journal/record.ts'
import { write } from '../../../journal/write.ts'

/** Has an address told of nothing more. Errors: `forbidden`, `not_found`. */
export async function removeIncidentRecipient(ctx: Context, mail: string): Promise<void> {
  const identity = authorise(ctx.actor, 'incident:notify')
  const { incidentRecipient } = schema
  await write(ctx, identity, async (tx) => {
    const removed = await tx
      .delete(incidentRecipient)
      .where(eq(incidentRecipient.mail, mail))
      .returning({ academie: incidentRecipient.academie })
    if (removed.length === 0)
      throw new AppError('not_found', 'Cette adresse n’est prévenue d’aucun incident de votre académie.')
    for (const { academie } of removed)
      await record(tx, ctx, {
        action: 'incident_recipient.removed',
        subject: { kind: 'academie', id: academie },
      })
  })
}
