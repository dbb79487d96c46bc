import { schema } from '@vigie/db'
import { and, eq, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { advanceProcedures } from './advance-procedures.ts'
import { convocationText } from './convocation-text.ts'
import { findSession, guestsOf } from './read-session.ts'

const { handOverGuest } = schema

/**
 * Convokes the guests who are not yet: by mail those who have an address, on paper the others, whom the list names.
 * Out: how many of each. Errors: `forbidden`, `not_found`.
 */
export async function convokeGuests(
  ctx: Context,
  sessionId: string,
): Promise<{ mailed: number; toPrint: number }> {
  return write(ctx, authorise(ctx.actor, 'key:stock'), async (tx) => {
    const session = await findSession(tx, sessionId)
    const guests = (await guestsOf(tx, sessionId)).filter(({ convoked_at }) => convoked_at === null)
    let mailed = 0
    for (const guest of guests) {
      if (guest.mail === null) continue
      await queueMail(tx, ctx, {
        academie: session.academie,
        purpose: `convocation:${sessionId}:${guest.id}`,
        recipients: [guest.mail],
        ...convocationText(session, guest),
      })
      mailed += 1
    }
    if (guests.length === 0) return { mailed: 0, toPrint: 0 }
    await tx
      .update(handOverGuest)
      .set({ convokedAt: ctx.clock.now() })
      .where(and(eq(handOverGuest.sessionId, sessionId), isNull(handOverGuest.convokedAt)))
    await advanceProcedures(tx, ctx, { holderIds: guests.map(({ id }) => id) })
    const toPrint = guests.length - mailed
    await record(tx, ctx, {
      action: 'hand_over_session.convoked',
      subject: { kind: 'hand_over_session', id: sessionId },
      details: { mailed, toPrint },
    })
    return { mailed, toPrint }
  })
}
