import { hasDueMail } from '../features/mail/claim-mail.ts'
import { sendDueMails } from '../features/mail/send-due-mails.ts'
import type { Job } from './job.ts'

/** Gives waiting messages to the mail server; they wait as long as none is configured. */
export const sendMailJob: Job = {
  name: 'send-mail',
  cron: '* * * * *',
  atMostEverySeconds: 5,
  expireInSeconds: 600,
  isWanted: async (ctx) => ctx.config.mail !== null && (await hasDueMail(ctx)),
  run: async (ctx, signal) => {
    await sendDueMails(ctx, signal)
  },
}
