import type { Context, MailConfig } from '../../context.ts'
import { claimMail, markHandedOver } from './claim-mail.ts'
import { composeMail, senderAddress } from './compose-mail.ts'
import { concludeAttempt } from './conclude-attempt.ts'
import { handOver } from './hand-over.ts'
import type { MailRow } from './mail-status.ts'

/** Milliseconds after which an attempt is cut: less than the time for which a message is taken. */
const LONGEST_ATTEMPT_MS = 5 * 60_000

class NoLongerOurs extends Error {}

async function attempt(ctx: Context, config: MailConfig, mail: MailRow, signal?: AbortSignal): Promise<void> {
  let lost = false
  const outcome = await handOver({
    url: config.url,
    from: senderAddress(config.from),
    recipients: mail.recipients,
    raw: await composeMail(config.from, mail),
    beforeContent: async () => {
      if (await markHandedOver(ctx, mail)) return
      lost = true
      throw new NoLongerOurs('the message was taken by another process')
    },
    signal: AbortSignal.any([AbortSignal.timeout(LONGEST_ATTEMPT_MS), ...(signal ? [signal] : [])]),
  })
  if (lost) return
  if (outcome.kind !== 'accepted') {
    ctx.log.warn({ mail: mail.id, attempt: mail.attempts, outcome: outcome.kind }, 'mail not sent')
  }
  await concludeAttempt(ctx, mail, outcome)
}

/**
 * Sends every message that is due, one after the other; any number of processes may. Out: how many were attempted.
 * Without a server, messages wait.
 */
export async function sendDueMails(ctx: Context, signal?: AbortSignal): Promise<number> {
  const config = ctx.config.mail
  if (config === null) return 0
  let attempted = 0
  while (!signal?.aborted) {
    const mail = await claimMail(ctx)
    if (!mail) break
    await attempt(ctx, config, mail, signal)
    attempted++
  }
  return attempted
}
