import { rowsOf, schema, type Tx } from '@vigie/db'
import { and, desc, eq, sql } from 'drizzle-orm'
import { MAIL_STATUS_LABELS, mailStatus } from '../mail/mail-status.ts'
import type { Deployment, Figures } from './schema.ts'

const KEPT_FRIDAYS = 104

/** Frozen figures of the last two years that the transaction sees, oldest Friday first. */
export async function readTrend(tx: Tx, academie: string): Promise<Deployment['trend']> {
  const result = await tx.execute(sql`
    select to_char(r.friday, 'YYYY-MM-DD') as friday, sum(r.activated)::int as activated,
      sum(r.handed_to_directeurs)::int as "handedToDirecteurs",
      sum(r.activated_by_directeurs)::int as "activatedByDirecteurs"
    from weekly_report r where r.academie = ${academie}
    group by r.friday order by r.friday desc limit ${KEPT_FRIDAYS}`)
  return rowsOf<Figures & { friday: string }>(result).reverse()
}

/** Names the message of one Friday, so that it is written once. */
export const reportPurpose = (academie: string, friday: string): string => `weekly:${academie}:${friday}`

/** The last frozen report, and what became of its message. */
export async function readLastReport(tx: Tx, academie: string, now: Date): Promise<Deployment['lastReport']> {
  const { mailMessage, weeklyReport } = schema
  const [last] = await tx
    .select({ friday: weeklyReport.friday, countedAt: weeklyReport.countedAt })
    .from(weeklyReport)
    .where(eq(weeklyReport.academie, academie))
    .orderBy(desc(weeklyReport.friday))
    .limit(1)
  if (!last) return null
  const [mail] = await tx
    .select()
    .from(mailMessage)
    .where(
      and(eq(mailMessage.academie, academie), eq(mailMessage.purpose, reportPurpose(academie, last.friday))),
    )
  const status = mail && mailStatus(mail, now)
  return {
    friday: last.friday,
    countedAt: last.countedAt.toISOString(),
    mail:
      mail && status
        ? {
            id: mail.id,
            status,
            statusLabel: MAIL_STATUS_LABELS[status],
            sentAt: mail.sentAt?.toISOString() ?? null,
          }
        : null,
  }
}
