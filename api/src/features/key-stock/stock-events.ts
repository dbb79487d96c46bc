import { recordset, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'

/** Writes in each key's history that it left for a département, arrived there, or was called back; its state stays `stock`. */
export async function recordStockEvent(
  tx: Tx,
  ctx: Context,
  event: 'ship' | 'receive' | 'call_back',
  keys: readonly { readonly id: string; readonly serial: string }[],
  facts: { readonly shipmentId: string; readonly departement: string; readonly bordereauId: string | null },
): Promise<void> {
  const rows = keys.map(({ id, serial }) => ({ id: ctx.random.uuid(), key_id: id, serial }))
  const { actor } = ctx
  await tx.execute(sql`
    insert into key_transition (id, key_id, transition, from_state, to_state, at, actor_kind, actor_id, bordereau_id, details)
    select r.id, r.key_id, ${event}, 'stock', 'stock', ${ctx.clock.now().toISOString()}::timestamptz, ${actor.kind},
      ${actor.kind === 'anonymous' ? 'anonymous' : actor.id}, ${facts.bordereauId}::uuid,
      jsonb_build_object('serial', r.serial, 'shipmentId', ${facts.shipmentId}::text, 'departement', ${facts.departement}::text)
    from ${recordset(rows, 'r(id uuid, key_id uuid, serial text)')}`)
}
