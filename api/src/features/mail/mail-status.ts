import { schema } from '@vigie/db'
import { and, gt, isNotNull, isNull, lte, ne, or, eq, type SQL } from 'drizzle-orm'
import type { Mail, MailStatus } from './schema.ts'

const { mailMessage } = schema

export type MailRow = typeof mailMessage.$inferSelect

/** Beyond this time without an answer, nobody is handing the message over any more. */
export const HAND_OVER_MS = 10 * 60_000

/** `closedBy` of a message that the job gave up. */
export const GIVEN_UP = 'system'

export const MAIL_STATUS_LABELS: Readonly<Record<MailStatus, string>> = {
  waiting: 'En attente',
  sending: 'Envoi en cours',
  sent: 'Envoyé',
  uncertain: 'Issue incertaine',
  abandoned: 'Abandonné',
  closed: 'Clos sans nouvel envoi',
}

/** In: a message, now. Out: where it stands. */
export function mailStatus(row: Omit<MailRow, 'body'>, now: Date): MailStatus {
  if (row.sentAt) return 'sent'
  if (row.closedAt) return row.closedBy === GIVEN_UP ? 'abandoned' : 'closed'
  if (!row.sendingAt) return 'waiting'
  const answered = row.lastError !== null
  return answered || now.getTime() - row.sendingAt.getTime() >= HAND_OVER_MS ? 'uncertain' : 'sending'
}

/** The same, as a condition on rows. */
export function hasStatus(status: MailStatus, now: Date): SQL | undefined {
  const unsettled = and(isNull(mailMessage.sentAt), isNull(mailMessage.closedAt))
  const handedBefore = new Date(now.getTime() - HAND_OVER_MS)
  switch (status) {
    case 'sent':
      return isNotNull(mailMessage.sentAt)
    case 'abandoned':
      return and(isNull(mailMessage.sentAt), eq(mailMessage.closedBy, GIVEN_UP))
    case 'closed':
      return and(isNull(mailMessage.sentAt), ne(mailMessage.closedBy, GIVEN_UP))
    case 'waiting':
      return and(unsettled, isNull(mailMessage.sendingAt))
    case 'sending':
      return and(unsettled, isNull(mailMessage.lastError), gt(mailMessage.sendingAt, handedBefore))
    case 'uncertain':
      return and(
        unsettled,
        isNotNull(mailMessage.sendingAt),
        or(isNotNull(mailMessage.lastError), lte(mailMessage.sendingAt, handedBefore)),
      )
  }
}

/** In: a message, now. Out: the message as the API tells it. */
export function presentMail(row: MailRow, now: Date): Mail {
  const status = mailStatus(row, now)
  return {
    id: row.id,
    academie: row.academie,
    purpose: row.purpose,
    recipients: row.recipients,
    subject: row.subject,
    body: row.body,
    status,
    statusLabel: MAIL_STATUS_LABELS[status],
    createdAt: row.createdAt.toISOString(),
    attempts: row.attempts,
    nextAttemptAt: status === 'waiting' ? row.nextAttemptAt.toISOString() : null,
    sendingAt: row.sendingAt?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
    lastError: row.lastError,
  }
}
