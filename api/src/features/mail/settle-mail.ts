import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { MAIL_STATUS_LABELS, mailStatus, presentMail } from './mail-status.ts'
import type { Mail, SettlementInput } from './schema.ts'

/**
 * A person decides of a message that the job will not touch again: sent anew, or closed. Errors: `forbidden`,
 * `not_found`, `conflict` when the message is not waiting for a decision.
 */
export async function settleMail(ctx: Context, id: string, { decision }: SettlementInput): Promise<Mail> {
  const identity = authorise(ctx.actor, 'key:stock')
  const { mailMessage } = schema
  const now = ctx.clock.now()
  return write(ctx, identity, async (tx) => {
    const [row] = await tx.select().from(mailMessage).where(eq(mailMessage.id, id)).for('update')
    if (!row) throw new AppError('not_found', 'Ce message n’existe pas dans votre périmètre.')
    const status = mailStatus(row, now)
    if (status !== 'uncertain' && status !== 'abandoned') {
      throw new AppError(
        'conflict',
        `Ce message n’attend pas de décision : « ${MAIL_STATUS_LABELS[status]} ».`,
      )
    }
    const by = ctx.actor.kind === 'account' ? ctx.actor.id : 'cli'
    const [settled] = await tx
      .update(mailMessage)
      .set(
        decision === 'resend'
          ? { sendingAt: null, nextAttemptAt: now, closedAt: null, closedBy: null }
          : { closedAt: now, closedBy: by },
      )
      .where(eq(mailMessage.id, id))
      .returning()
    await record(tx, ctx, {
      action: decision === 'resend' ? 'mail.resent' : 'mail.closed',
      subject: { kind: 'mail', id },
      details: { purpose: row.purpose, was: status },
    })
    return presentMail(settled ?? row, now)
  })
}
