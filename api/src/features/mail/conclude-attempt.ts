import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import type { Outcome, RefusedRecipient } from './hand-over.ts'
import { GIVEN_UP, type MailRow } from './mail-status.ts'

const { mailMessage } = schema
const WORKER = { role: 'vigie_worker' } as const

/** Attempts after which the job stops, until a person asks for as many again. */
export const MAX_ATTEMPTS = 20
const FIRST_DELAY_MS = 60_000
const LONGEST_DELAY_MS = 6 * 3_600_000

/** In: attempts made since the last decision of a person. Out: milliseconds before the next one: 1 min, 2, 4, up to 6 h. */
export const delayAfter = (attempts: number): number =>
  Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_DELAY_MS)

const told = (refused: readonly RefusedRecipient[]): string | null =>
  refused.length === 0
    ? null
    : `Refusé par le serveur pour ${refused.map(({ address, answer }) => `${address} : ${answer}`).join(' ; ')}`

/** Temporarily refused (SMTP 4xx): a message of their own goes to them later, and to nobody else. */
async function queueAgain(tx: Tx, ctx: Context, mail: MailRow, refused: readonly RefusedRecipient[]) {
  const later = refused.filter(({ code }) => code >= 400 && code < 500).map(({ address }) => address)
  if (later.length === 0) return
  const now = ctx.clock.now()
  await tx
    .insert(mailMessage)
    .values({
      id: ctx.random.uuid(),
      academie: mail.academie,
      purpose: `${mail.purpose}#${mail.attempts}`,
      recipients: later,
      subject: mail.subject,
      body: mail.body,
      createdAt: now,
      nextAttemptAt: new Date(now.getTime() + delayAfter(1)),
    })
    .onConflictDoNothing()
}

/** Writes what became of an attempt: sent, to try again later, given up, or uncertain and left to a person. */
export async function concludeAttempt(ctx: Context, mail: MailRow, outcome: Outcome): Promise<void> {
  const now = ctx.clock.now()
  const mine = and(eq(mailMessage.id, mail.id), eq(mailMessage.attempts, mail.attempts))
  const subject = { kind: 'mail', id: mail.id }
  await write(ctx, WORKER, async (tx) => {
    const details = { purpose: mail.purpose, attempt: mail.attempts }
    if (outcome.kind === 'accepted') {
      await tx
        .update(mailMessage)
        .set({ sentAt: now, lastError: told(outcome.refused) })
        .where(mine)
      await queueAgain(tx, ctx, mail, outcome.refused)
      await record(tx, ctx, { action: 'mail.sent', subject, details })
    } else if (outcome.kind === 'unknown') {
      await tx.update(mailMessage).set({ lastError: outcome.error }).where(mine)
      await record(tx, ctx, { action: 'mail.uncertain', subject, details })
    } else {
      const tried = ((mail.attempts - 1) % MAX_ATTEMPTS) + 1
      const last = tried === MAX_ATTEMPTS
      await tx
        .update(mailMessage)
        .set({
          sendingAt: null,
          lastError: outcome.error,
          nextAttemptAt: new Date(now.getTime() + delayAfter(tried)),
          ...(last ? { closedAt: now, closedBy: GIVEN_UP } : {}),
        })
        .where(mine)
      await record(tx, ctx, { action: last ? 'mail.abandoned' : 'mail.refused', subject, details })
    }
  })
}
