import { rowsOf, schema, type Tx } from '@vigie/db'
import { timeZoneOf } from '@vigie/rules'
import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { dayIn } from './calendar.ts'
import { countFigures } from './counts.ts'
import { reportedFriday, reportInstant } from './report-dates.ts'
import { reportText, type DepartementFigures, type WeeklyReport } from './report-text.ts'
import { reportPurpose } from './trend.ts'

const { reportRecipient, weeklyReport } = schema
const WORKER = { role: 'vigie_worker' } as const

/** Académies that had hardware keys on their last Friday, and no report of it yet. */
async function dueReports(ctx: Context): Promise<{ academie: string; friday: string }[]> {
  const now = ctx.clock.now()
  return ctx.db.transact(WORKER, async (tx) => {
    const found = rowsOf<{ academie: string; since: number }>(
      await tx.execute(sql`select academie, (extract(epoch from min(imported_at)) * 1000)::float8 as since
        from otp_key where kind = 'hardware' group by 1 order by 1`),
    )
    const due = []
    for (const { academie, since } of found) {
      const timeZone = timeZoneOf(academie)
      const friday = reportedFriday(now, timeZone)
      if (since >= reportInstant(friday, timeZone).getTime()) continue
      const existing = await tx.$count(
        weeklyReport,
        and(eq(weeklyReport.academie, academie), eq(weeklyReport.friday, friday)),
      )
      if (existing === 0) due.push({ academie, friday })
    }
    return due
  })
}

/** Every département of the académie where there are keys or open primary schools, with or without figures. */
async function figuresOf(tx: Tx, academie: string): Promise<DepartementFigures[]> {
  const places = rowsOf<{ code: string }>(
    await tx.execute(sql`
      select departement as code from etablissement
        where academie = ${academie} and degree = 'd1' and state = 'ouvert'
      union select departement from otp_key
        where academie = ${academie} and kind = 'hardware' and departement is not null
      order by 1`),
  )
  const figures = await countFigures(tx, academie)
  return places.map(({ code }) => {
    const {
      activated = 0,
      handedToDirecteurs = 0,
      activatedByDirecteurs = 0,
    } = figures.find((row) => row.code === code) ?? {}
    return { departement: code, activated, handedToDirecteurs, activatedByDirecteurs }
  })
}

const frozen = (tx: Tx, academie: string, friday: string): Promise<DepartementFigures[]> =>
  tx
    .select({
      departement: weeklyReport.departement,
      activated: weeklyReport.activated,
      handedToDirecteurs: weeklyReport.handedToDirecteurs,
      activatedByDirecteurs: weeklyReport.activatedByDirecteurs,
    })
    .from(weeklyReport)
    .where(and(eq(weeklyReport.academie, academie), eq(weeklyReport.friday, friday)))
    .orderBy(asc(weeklyReport.departement))

async function previousOf(tx: Tx, academie: string, friday: string): Promise<WeeklyReport['previous']> {
  const [last] = await tx
    .select({ friday: weeklyReport.friday })
    .from(weeklyReport)
    .where(and(eq(weeklyReport.academie, academie), lt(weeklyReport.friday, friday)))
    .orderBy(desc(weeklyReport.friday))
    .limit(1)
  return last ? { friday: last.friday, rows: await frozen(tx, academie, last.friday) } : null
}

/** Freezes one Friday and queues its message; does nothing when another process has just done so. */
async function freeze(ctx: Context, academie: string, friday: string): Promise<boolean> {
  const countedAt = ctx.clock.now()
  return write(ctx, WORKER, async (tx) => {
    const rows = await figuresOf(tx, academie)
    if (rows.length === 0) return false
    const inserted = await tx
      .insert(weeklyReport)
      .values(rows.map((row) => ({ ...row, academie, friday, countedAt })))
      .onConflictDoNothing()
      .returning({ departement: weeklyReport.departement })
    if (inserted.length === 0) return false
    const recipients = await tx
      .select({ mail: reportRecipient.mail })
      .from(reportRecipient)
      .where(eq(reportRecipient.academie, academie))
      .orderBy(asc(reportRecipient.mail))
    const countedOn = dayIn(countedAt, timeZoneOf(academie))
    const { publicUrl } = ctx.config
    await queueMail(tx, ctx, {
      academie,
      purpose: reportPurpose(academie, friday),
      recipients: recipients.map(({ mail }) => mail),
      ...reportText({
        academie,
        friday,
        countedOn: countedOn === friday ? null : countedOn,
        rows,
        previous: await previousOf(tx, academie, friday),
        page: publicUrl === null ? null : `${publicUrl}/deploiement`,
      }),
    })
    await record(tx, ctx, {
      action: 'deployment.reported',
      subject: { kind: 'academie', id: academie },
      details: { friday, recipients: recipients.length },
    })
    return true
  })
}

/**
 * Freezes the figures of the last Friday of each académie and queues their message, once; a Friday that was missed is
 * made up for until the next one. Out: how many reports were made.
 */
export async function reportWeekly(ctx: Context): Promise<number> {
  let made = 0
  for (const { academie, friday } of await dueReports(ctx)) if (await freeze(ctx, academie, friday)) made++
  return made
}
