import { followAlerts } from '@vigie/rules'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { record } from '../../../journal/record.ts'
import { write } from '../../../journal/write.ts'
import { lockAlerts } from '../life/lock-alerts.ts'
import { loadBook } from './load-book.ts'
import { placeAlerts, type PlacedAlert } from './place-alerts.ts'
import type { Webhook } from './schema.ts'
import { writeFollowing } from './write-following.ts'

/**
 * Turns one payload of Alertmanager into incidents, in one transaction: the same one again, or the same alerts in any
 * order, change nothing more. Errors: `unauthenticated`, `forbidden`.
 */
export async function receiveAlerts(ctx: Context, { alerts, truncatedAlerts }: Webhook): Promise<void> {
  const identity = authorise(ctx.actor, 'alert:push')
  const academie = academieOf(ctx)
  if (truncatedAlerts > 0) ctx.log.warn({ truncatedAlerts }, 'Alertmanager left alerts out of its payload')
  if (alerts.length === 0) return
  const now = ctx.clock.now()
  await write(ctx, identity, async (tx) => {
    await lockAlerts(tx, academie)
    const placed = (await placeAlerts(tx, academie, alerts)).toSorted(byStart)
    const book = await loadBook(tx, academie, placed, now)
    const following = followAlerts(
      book,
      placed.map(({ arrival }) => arrival),
      now.getTime(),
      () => ctx.random.uuid(),
    )
    // A firing and its end in one payload: the end is what remains of it.
    const byKey = new Map(placed.map((one) => [one.arrival.key, one]))
    await writeFollowing(tx, ctx, following, { academie, alerts: byKey, truncated: truncatedAlerts })
    if (following.alerts.length === 0 && truncatedAlerts === 0) return
    const count = (kept: (change: (typeof following.changes)[number]) => boolean) =>
      following.changes.filter(kept).length
    await record(tx, ctx, {
      action: 'alerts.received',
      subject: { kind: 'academie', id: academie },
      details: {
        alerts: alerts.length,
        moved: following.alerts.length,
        opened: count(({ opening }) => opening !== null),
        reopened: count(({ reopened }) => reopened),
        resolved: count(({ resolved }) => resolved),
        truncated: truncatedAlerts,
      },
    })
  })
}

const byStart = (a: PlacedAlert, b: PlacedAlert): number =>
  a.startsAt.getTime() - b.startsAt.getTime() ||
  a.arrival.status.localeCompare(b.arrival.status) ||
  (a.arrival.key < b.arrival.key ? -1 : 1)

function academieOf({ actor }: Context): string {
  if (actor.kind === 'service' && actor.perimeter.kind === 'academie') return actor.perimeter.code
  throw new AppError('forbidden', 'Les alertes se reçoivent avec un jeton alert:push d’une académie entière.')
}
