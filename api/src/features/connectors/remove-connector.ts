import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findConnector } from './connector-rows.ts'
import { keyringOf } from '../../secrets/keyring.ts'

/**
 * Removes a connector: its secrets are erased, what waited is given up, what was delivered stays known.
 * Errors: `forbidden`, `not_found`.
 */
export async function removeConnector(ctx: Context, id: string): Promise<void> {
  const identity = authorise(ctx.actor, 'connector:manage')
  const { connector, connectorDelivery } = schema
  const now = ctx.clock.now()
  await write(ctx, identity, async (tx) => {
    await findConnector(tx, id)
    await tx
      .update(connector)
      .set({
        removedAt: now,
        disabledAt: now,
        secretSealed: new Uint8Array(),
        sealKeyId: keyringOf(ctx.config).current.id,
      })
      .where(eq(connector.id, id))
    await tx
      .update(connectorDelivery)
      .set({ state: 'given_up', lastError: 'Le connecteur a été retiré.' })
      .where(and(eq(connectorDelivery.connectorId, id), eq(connectorDelivery.state, 'waiting')))
    await record(tx, ctx, { action: 'connector.removed', subject: { kind: 'connector', id } })
  })
}
