import { schema, type Tx } from '@vigie/db'
import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { record } from '../../../journal/record.ts'
import { write } from '../../../journal/write.ts'
import { queueDeliveries } from '../../connectors/queue-deliveries.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import { PLACED_COLUMNS } from '../queue/present-incident.ts'
import { incidentMail } from './incident-mail.ts'
import { newsOf, type Happened } from './news-of.ts'

const { incident, incidentEvent, incidentRecipient, etablissement } = schema
const WORKER = { role: 'vigie_worker' } as const
/** Events of one transaction: far more than an avalanche brings between two runs. */
const BATCH = 500

/** True when something happened that nobody was told of. */
export async function hasUntold(ctx: Context): Promise<boolean> {
  const found = await ctx.db.transact(WORKER, (tx) =>
    tx.select({ id: incidentEvent.id }).from(incidentEvent).where(isNull(incidentEvent.toldAt)).limit(1),
  )
  return found.length > 0
}

/**
 * Tells what happened to incidents: one message per recipient, however many incidents, and a delivery per connector. What
 * is told and what is marked as told stand or fall together: a crash neither loses nor repeats. Out: how many events.
 */
export async function tellIncidents(ctx: Context, signal?: AbortSignal): Promise<number> {
  let told = 0
  for (;;) {
    const batch = await write(ctx, WORKER, (tx) => tellBatch(tx, ctx))
    told += batch
    if (batch < BATCH || signal?.aborted) return told
  }
}

async function tellBatch(tx: Tx, ctx: Context): Promise<number> {
  const events = await tx
    .select()
    .from(incidentEvent)
    .where(isNull(incidentEvent.toldAt))
    .orderBy(asc(incidentEvent.id))
    .limit(BATCH)
    .for('update', { skipLocked: true })
  if (events.length === 0) return 0
  const ids = [...new Set(events.map(({ incidentId }) => incidentId))]
  const placed = await tx
    .select(PLACED_COLUMNS)
    .from(incident)
    .leftJoin(etablissement, eq(etablissement.uai, incident.uai))
    .where(inArray(incident.id, ids))
  const byId = new Map(placed.map((row) => [row.incident.id, row]))
  const happened = events.flatMap((event) => {
    const found = byId.get(event.incidentId)
    return found ? [{ event, placed: found }] : []
  })
  for (const one of happened) await queueDeliveries(tx, ctx, one.event, one.placed.incident)
  const mails = await queueMails(tx, ctx, happened, await toldBefore(tx, ids))
  await tx
    .update(incidentEvent)
    .set({ toldAt: ctx.clock.now() })
    .where(
      inArray(
        incidentEvent.id,
        events.map(({ id }) => id),
      ),
    )
  if (mails > 0)
    await record(tx, ctx, {
      action: 'incidents.told',
      subject: { kind: 'incident_event', id: String(events.at(-1)?.id) },
      details: { events: events.length, mails },
    })
  return events.length
}

/** Incidents whose opening, or reopening, was told by an earlier run. */
async function toldBefore(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectDistinct({ id: incidentEvent.incidentId })
    .from(incidentEvent)
    .where(
      and(
        inArray(incidentEvent.incidentId, [...ids]),
        inArray(incidentEvent.kind, ['opened', 'reopened']),
        isNotNull(incidentEvent.toldAt),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

async function queueMails(
  tx: Tx,
  ctx: Context,
  happened: readonly (Happened & { readonly event: { readonly id: number } })[],
  before: ReadonlySet<string>,
): Promise<number> {
  const academies = [...new Set(happened.map(({ placed }) => placed.incident.academie))]
  const [first] = happened
  if (!first) return 0
  const recipients = await tx
    .select()
    .from(incidentRecipient)
    .where(inArray(incidentRecipient.academie, academies))
    .orderBy(asc(incidentRecipient.academie), asc(incidentRecipient.mail))
  let mails = 0
  for (const recipient of recipients) {
    const news = newsOf(recipient, happened, before)
    if (!news) continue
    mails += 1
    await queueMail(tx, ctx, {
      academie: recipient.academie,
      // An event is told once: what begins with it is too.
      purpose: `incidents ${first.event.id} ${mails}`,
      recipients: [recipient.mail],
      ...incidentMail(news, ctx.config.publicUrl),
    })
  }
  return mails
}
