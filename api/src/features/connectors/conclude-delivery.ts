import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import type { DeliveryRow } from './present-delivery.ts'

const { connectorDelivery } = schema
const FIRST_DELAY_MS = 15_000
const LONGEST_DELAY_MS = 3_600_000

/** Attempts after which a delivery is given up until a person asks for as many again: a little more than three days. */
export const MAX_ATTEMPTS = 82

/** In: attempts made since the last decision of a person. Out: milliseconds before the next: 15 s, 30 s, 1 min, up to 1 h. */
export const delayAfter = (attempts: number): number =>
  Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_DELAY_MS)

/** What became of an attempt; both texts are French and shown. */
export type DeliveryOutcome =
  | { readonly kind: 'sent'; readonly remark: string | null }
  | { readonly kind: 'failed'; readonly error: string }

/** Writes what became of an attempt: delivered, to try again later, or given up. */
export async function concludeDelivery(
  ctx: Context,
  delivery: DeliveryRow,
  outcome: DeliveryOutcome,
): Promise<void> {
  const now = ctx.clock.now()
  const mine = and(
    eq(connectorDelivery.id, delivery.id),
    eq(connectorDelivery.attempts, delivery.attempts),
    eq(connectorDelivery.state, 'waiting'),
  )
  const tried = ((delivery.attempts - 1) % MAX_ATTEMPTS) + 1
  const last = tried === MAX_ATTEMPTS
  await write(ctx, { role: 'vigie_worker' }, async (tx) => {
    const concluded = await tx
      .update(connectorDelivery)
      .set(
        outcome.kind === 'sent'
          ? { state: 'sent', sentAt: now, lastError: outcome.remark }
          : {
              state: last ? 'given_up' : 'waiting',
              lastError: outcome.error,
              nextAttemptAt: new Date(now.getTime() + delayAfter(tried)),
            },
      )
      .where(mine)
      .returning({ id: connectorDelivery.id })
    if (concluded.length === 0 || (outcome.kind === 'failed' && !last)) return
    await record(tx, ctx, {
      action: outcome.kind === 'sent' ? 'delivery.sent' : 'delivery.abandoned',
      subject: { kind: 'connector', id: delivery.connectorId },
      details: { delivery: delivery.id, event: delivery.event, attempt: delivery.attempts },
    })
  })
}
