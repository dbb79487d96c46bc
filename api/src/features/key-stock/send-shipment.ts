import { recordset, schema } from '@vigie/db'
import { inArray, sql } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { createBordereau } from '../bordereaux/create-bordereau.ts'
import { printedAgent } from '../keys/printed.ts'
import { pickNearestEnd, pickSerials } from './pick-keys.ts'
import { dayOf, keptDepartement } from './place.ts'
import { readShipment } from './read-shipment.ts'
import type { ShipmentFile, ShipmentInput } from './schema.ts'
import { recordStockEvent } from './stock-events.ts'

/**
 * Sends keys of the académie's own stock to a département, with the summary slip that travels with them.
 * Errors: `not_found`, `invalid_input` (a serial that cannot leave), `conflict` (too few keys).
 */
export async function sendShipment(ctx: Context, input: ShipmentInput): Promise<ShipmentFile> {
  const identity = authorise(ctx.actor, 'key:stock')
  const departement = keptDepartement(identity, input.departement)
  const at = ctx.clock.now()
  const id = ctx.random.uuid()
  const place = { academie: departement.academie, departement: departement.code }
  const comment = input.comment === undefined || input.comment === '' ? null : input.comment
  await write(ctx, identity, async (tx) => {
    const keys = input.serials
      ? await pickSerials(tx, departement, input.serials, dayOf(at))
      : await pickNearestEnd(tx, departement.academie, input.count ?? 0, dayOf(at))
    const slip = await createBordereau(tx, ctx, {
      kind: 'recapitulatif_expedition',
      ...place,
      ...{ circonscription: null, uai: null, holderId: null },
      keyIds: keys.map((key) => key.id),
      content: {
        from: printedAgent(ctx, null),
        keys: keys.map(({ serial, model, expiresOn }) => ({ serial, model, expiresOn })),
        comment,
      },
    })
    const sentBy = ctx.actor.kind === 'account' ? ctx.actor.id : null
    await tx
      .insert(schema.keyShipment)
      .values({ id, ...place, sentAt: at, sentBy, bordereauId: slip.id, comment })
    const items = keys.map((key) => ({ key_id: key.id }))
    await tx.execute(sql`
      insert into key_shipment_item (shipment_id, key_id)
      select ${id}::uuid, r.key_id from ${recordset(items, 'r(key_id uuid)')}`)
    await tx
      .update(schema.otpKey)
      .set({ departement: departement.code })
      .where(
        inArray(
          schema.otpKey.id,
          keys.map((key) => key.id),
        ),
      )
    await recordStockEvent(tx, ctx, 'ship', keys, {
      shipmentId: id,
      departement: departement.code,
      bordereauId: slip.id,
    })
    await record(tx, ctx, {
      action: 'shipment.sent',
      subject: { kind: 'shipment', id },
      details: { ...place, keys: keys.length, bordereau: slip.number },
    })
  })
  return readShipment(ctx, id)
}
