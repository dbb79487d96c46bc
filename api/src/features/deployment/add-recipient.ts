import { schema } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { chosenAcademie, ownAcademies } from './own-academies.ts'
import type { Recipient, RecipientInput } from './schema.ts'

/** Adds an address to the weekly report. Errors: `forbidden`, `not_found`, `conflict` when it is there already. */
export async function addRecipient(ctx: Context, input: RecipientInput): Promise<Recipient> {
  const identity = authorise(ctx.actor, 'key:stock')
  const addedAt = ctx.clock.now()
  const addedBy = ctx.actor.kind === 'anonymous' ? 'anonymous' : ctx.actor.id
  const academie = await write(ctx, identity, async (tx) => {
    const chosen = chosenAcademie(await ownAcademies(tx, identity), input.academie)
    const added = await tx
      .insert(schema.reportRecipient)
      .values({ academie: chosen, mail: input.mail, addedAt, addedBy })
      .onConflictDoNothing()
      .returning({ mail: schema.reportRecipient.mail })
    if (added.length === 0) throw new AppError('conflict', 'Cette adresse reçoit déjà le relevé.')
    await record(tx, ctx, {
      action: 'report_recipient.added',
      subject: { kind: 'academie', id: chosen },
    })
    return chosen
  })
  const nameOf = await nameAuthors(ctx, [addedBy])
  return { academie, mail: input.mail, addedAt: addedAt.toISOString(), addedBy: nameOf(addedBy) }
}
