import { z } from '@hono/zod-openapi'

export const MAIL_STATUSES = ['waiting', 'sending', 'sent', 'uncertain', 'abandoned', 'closed'] as const
export type MailStatus = (typeof MAIL_STATUSES)[number]

export const mailStatusSchema = z.enum(MAIL_STATUSES)

export const mailsQuery = z.object({
  status: mailStatusSchema.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

export const mailSchema = z
  .object({
    id: z.uuid(),
    academie: z.string(),
    purpose: z.string(),
    recipients: z.array(z.string()),
    subject: z.string(),
    body: z.string(),
    status: mailStatusSchema,
    statusLabel: z.string(),
    createdAt: z.iso.datetime(),
    attempts: z.number().int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    sendingAt: z.iso.datetime().nullable(),
    sentAt: z.iso.datetime().nullable(),
    lastError: z.string().nullable(),
  })
  .openapi('Mail')

export const mailsSchema = z
  .object({
    configured: z.boolean().openapi({ description: 'Un serveur de messagerie est réglé' }),
    from: z.string().nullable(),
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    rows: z.array(mailSchema),
  })
  .openapi('Mails')

export const mailParams = z.object({ mailId: z.uuid({ error: 'identifiant de message incorrect' }) })
export const settlementInput = z
  .object({
    decision: z.enum(['resend', 'close'], {
      error: 'decision : attendu resend (envoyer de nouveau) ou close (ne plus envoyer)',
    }),
  })
  .openapi('MailSettlement')

export type MailsQuery = z.infer<typeof mailsQuery>
export type Mail = z.infer<typeof mailSchema>
export type Mails = z.infer<typeof mailsSchema>
export type SettlementInput = z.infer<typeof settlementInput>
