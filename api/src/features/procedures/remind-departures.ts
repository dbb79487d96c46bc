import { schema, type Tx } from '@vigie/db'
import { localDay, reminderOn, superiorOf, timeZoneOf } from '@vigie/rules'
import { and, asc, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import type { HolderRow } from '../keys/key-row.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { ProcedureRow } from './facts.ts'
import { reminderText } from './reminder-text.ts'

const { keyProcedure, mailMessage, otpHolder, reportRecipient } = schema
const WORKER = { role: 'vigie_worker' } as const
const DAY_MS = 86_400_000
const AHEAD_DAYS = 16

/**
 * Reminds the direct superior of the departures whose key is not back: once before the deadline, once after. Without
 * anyone to write to, the reminder waits. Out: how many mails were queued.
 */
export async function remindDepartures(ctx: Context): Promise<number> {
  const now = ctx.clock.now()
  const horizon = new Date(now.getTime() + AHEAD_DAYS * DAY_MS).toISOString().slice(0, 10)
  const rows = await ctx.db.transact(WORKER, (tx) =>
    tx
      .select({ procedure: keyProcedure, holder: otpHolder })
      .from(keyProcedure)
      .innerJoin(otpHolder, eq(otpHolder.id, keyProcedure.holderId))
      .where(
        and(
          eq(keyProcedure.kind, 'departure'),
          eq(keyProcedure.step, 'key_returned'),
          isNull(keyProcedure.closedAt),
          lte(keyProcedure.dueOn, horizon),
        ),
      )
      .orderBy(asc(keyProcedure.dueOn)),
  )
  let queued = 0
  for (const { procedure, holder } of rows) {
    const which = reminderOn(procedure.dueOn ?? '', localDay(now, timeZoneOf(holder.academie)))
    if (which && (await write(ctx, WORKER, (tx) => remind(tx, ctx, procedure, holder, which)))) queued += 1
  }
  return queued
}

async function remind(
  tx: Tx,
  ctx: Context,
  procedure: ProcedureRow,
  holder: HolderRow,
  which: 'before' | 'after',
): Promise<boolean> {
  const purpose = `departure:${procedure.id}:${which}`
  await tx
    .select({ id: keyProcedure.id })
    .from(keyProcedure)
    .where(eq(keyProcedure.id, procedure.id))
    .for('no key update')
  const [sent] = await tx
    .select({ id: mailMessage.id })
    .from(mailMessage)
    .where(eq(mailMessage.purpose, purpose))
  if (sent) return false
  const recipients = await superiorsOf(tx, holder)
  if (recipients.length === 0) {
    ctx.log.warn({ procedure: procedure.id }, 'nobody to remind of a departure')
    return false
  }
  await queueMail(tx, ctx, {
    academie: holder.academie,
    purpose,
    recipients,
    ...reminderText(procedure.dueOn ?? '', holder, which),
  })
  await tx.update(keyProcedure).set({ remindedAt: ctx.clock.now() }).where(eq(keyProcedure.id, procedure.id))
  await record(tx, ctx, {
    action: 'procedure.reminded',
    subject: { kind: 'procedure', id: procedure.id },
    details: { which, holderId: holder.id },
  })
  return true
}

/** Addresses of the direct superior, from their own file of holder; else those that follow the deployment. */
async function superiorsOf(tx: Tx, holder: HolderRow): Promise<string[]> {
  const superior = superiorOf(holder.holderFunction)
  const place =
    superior === 'ien'
      ? ([holder.circonscription, otpHolder.circonscription] as const)
      : ([holder.uai, otpHolder.uai] as const)
  const found =
    superior === 'diaser' || place[0] === null
      ? []
      : await tx
          .select({ mail: otpHolder.mail })
          .from(otpHolder)
          .where(
            and(
              eq(otpHolder.holderFunction, superior),
              eq(otpHolder.academie, holder.academie),
              inArray(place[1], [place[0]]),
              isNotNull(otpHolder.mail),
              isNull(otpHolder.departedAt),
              isNull(otpHolder.erasedAt),
            ),
          )
  const mails = found.flatMap(({ mail }) => mail ?? [])
  if (mails.length > 0) return mails
  const followers = await tx
    .select({ mail: reportRecipient.mail })
    .from(reportRecipient)
    .where(eq(reportRecipient.academie, holder.academie))
  return followers.map(({ mail }) => mail)
}
