import { schema, type Tx } from '@vigie/db'
import type { Context } from '../../context.ts'

export interface NewMail {
  readonly academie: string
  /** What the message is about, for ever: a second message with the same purpose is not written. */
  readonly purpose: string
  readonly recipients: readonly string[]
  /** French, one line. */
  readonly subject: string
  /** French, plain text. */
  readonly body: string
}

/** Writes a message in the caller's transaction; the job sends it. Without a recipient, nothing is written. */
export async function queueMail(tx: Tx, ctx: Context, mail: NewMail): Promise<void> {
  if (mail.recipients.length === 0) return
  const now = ctx.clock.now()
  // No `returning`: who may queue a message may not read it back.
  await tx
    .insert(schema.mailMessage)
    .values({
      id: ctx.random.uuid(),
      academie: mail.academie,
      purpose: mail.purpose,
      recipients: [...new Set(mail.recipients)],
      subject: mail.subject.replace(/\s+/g, ' ').trim(),
      body: mail.body,
      createdAt: now,
      nextAttemptAt: now,
    })
    .onConflictDoNothing()
}
