import { schema, type Tx } from '@vigie/db'
import { and, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { reminderText, type ExpiringPlace } from './reminder-text.ts'

const { declaration, etablissement, otpHolder } = schema
const WORKER = { role: 'vigie_worker' } as const
const HEADS = ['chef_etablissement', 'directeur_ecole'] as const

/** Days before the expiry of a declaration: a first reminder, then a last one. */
export const FIRST_REMINDER_DAYS = 30
export const LAST_REMINDER_DAYS = 7

const daysBefore = (days: number) => sql`${declaration.expiresAt} - make_interval(days => ${days})`

/** Declarations that count, none newer, whose reminder of a month or of a week is due and not yet queued. */
function isDue(now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`
  return and(
    isNull(declaration.withdrawnAt),
    gt(declaration.expiresAt, now),
    lte(daysBefore(FIRST_REMINDER_DAYS), at),
    or(
      isNull(declaration.remindedAt),
      and(
        lte(daysBefore(LAST_REMINDER_DAYS), at),
        sql`${declaration.remindedAt} < ${daysBefore(LAST_REMINDER_DAYS)}`,
      ),
    ),
    sql`not exists (select 1 from declaration newer where newer.uai = ${declaration.uai}
      and newer.requirement = ${declaration.requirement} and newer.withdrawn_at is null
      and newer.declared_at > ${declaration.declaredAt})`,
  )
}

/**
 * Reminds authors and heads of the declarations that expire within 30 days, then within 7, each once; one mail per
 * author and establishment. Without anyone to write to, the reminder waits. Out: how many mails were queued.
 */
export async function remindExpiring(ctx: Context): Promise<number> {
  const now = ctx.clock.now()
  const due = await ctx.db.transact(WORKER, (tx) =>
    tx
      .selectDistinct({
        uai: declaration.uai,
        author: declaration.author,
        name: etablissement.name,
        academie: etablissement.academie,
      })
      .from(declaration)
      .innerJoin(etablissement, eq(etablissement.uai, declaration.uai))
      .where(and(isDue(now), eq(etablissement.state, 'ouvert')))
      .orderBy(declaration.uai, declaration.author),
  )
  let queued = 0
  for (const { author, ...place } of due) {
    if (await write(ctx, WORKER, (tx) => remind(tx, ctx, place, author))) queued += 1
  }
  return queued
}

async function remind(tx: Tx, ctx: Context, place: ExpiringPlace, author: string): Promise<boolean> {
  const now = ctx.clock.now()
  const recipients = await addressesOf(tx, place.uai, author)
  if (recipients.length === 0) {
    ctx.log.warn({ uai: place.uai }, 'nobody to remind of declarations that expire')
    return false
  }
  const rows = await tx
    .update(declaration)
    .set({ remindedAt: now })
    .where(and(eq(declaration.uai, place.uai), eq(declaration.author, author), isDue(now)))
    .returning({ id: declaration.id, requirement: declaration.requirement, expiresAt: declaration.expiresAt })
  if (rows.length === 0) return false
  await queueMail(tx, ctx, {
    academie: place.academie,
    purpose: `declarations:${rows.map(({ id }) => id).toSorted()[0]}:${now.toISOString()}`,
    recipients,
    ...reminderText(place, rows, ctx.config.publicUrl),
  })
  await record(tx, ctx, {
    action: 'declaration.reminded',
    subject: { kind: 'etablissement', id: place.uai },
    uai: place.uai,
    details: { declarations: rows.map(({ id }) => id) },
  })
  return true
}

/** The author's own address, and the head's, from their files of holder. */
async function addressesOf(tx: Tx, uai: string, author: string): Promise<string[]> {
  const rows = await tx
    .select({ mail: otpHolder.mail })
    .from(otpHolder)
    .where(
      and(
        or(
          eq(otpHolder.accountId, author),
          and(eq(otpHolder.uai, uai), inArray(otpHolder.holderFunction, [...HEADS])),
        ),
        isNotNull(otpHolder.mail),
        isNull(otpHolder.departedAt),
        isNull(otpHolder.erasedAt),
      ),
    )
  return [...new Set(rows.flatMap(({ mail }) => mail ?? []))]
}
