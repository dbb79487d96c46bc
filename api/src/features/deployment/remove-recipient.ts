import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'

/** Takes an address off the weekly report of the caller's académies. Errors: `forbidden`, `not_found`. */
export async function removeRecipient(ctx: Context, mail: string): Promise<void> {
  const identity = authorise(ctx.actor, 'key:stock')
  const { reportRecipient } = schema
  await write(ctx, identity, async (tx) => {
    const removed = await tx
      .delete(reportRecipient)
      .where(eq(reportRecipient.mail, mail))
      .returning({ academie: reportRecipient.academie })
    if (removed.length === 0) {
      throw new AppError('not_found', 'Cette adresse ne reçoit pas le relevé de votre académie.')
    }
    for (const { academie } of removed) {
      await record(tx, ctx, {
        action: 'report_recipient.removed',
        subject: { kind: 'academie', id: academie },
      })
    }
  })
}
