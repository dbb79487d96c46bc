import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailRow } from './mail-status.ts'

/** In: `Vigie <vigie@exemple.fr>` or a bare address. Out: the address alone. */
export const senderAddress = (from: string): string => /<([^<>]+)>/.exec(from)?.[1] ?? from

/**
 * The message as it travels: plain text, UTF-8. Its Message-ID comes from the row: sent anew after an uncertain
 * attempt, it is the same message for who receives it.
 */
export function composeMail(
  from: string,
  mail: Pick<MailRow, 'id' | 'recipients' | 'subject' | 'body' | 'createdAt'>,
): Promise<Buffer> {
  const domain = senderAddress(from).split('@')[1] ?? 'vigie'
  return new MailComposer({
    from,
    to: [...mail.recipients],
    subject: mail.subject,
    text: mail.body,
    date: mail.createdAt,
    messageId: `<${mail.id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'fr' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
