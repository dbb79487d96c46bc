import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { prepareEvidence } from '../evidence/record-evidence.ts'
import { findParcMachine, readMachine } from './read-machine.ts'
import { refreshParcEvidence } from './refresh-parc-evidence.ts'
import type { MachineChange, MachineDetail } from './schema.ts'

/**
 * Records what people know of a machine and agents do not: its usage, whether it is shared, whether it has left
 * the parc. Errors: `unauthenticated`, `forbidden`, `not_found`.
 */
export async function changeMachine(
  ctx: Context,
  uai: string,
  machineId: string,
  change: MachineChange,
): Promise<MachineDetail> {
  const identity = authorise(ctx.actor, 'parc:write')
  await prepareEvidence(ctx, [{ observedAt: ctx.clock.now() }])
  await write(ctx, identity, async (tx) => {
    const row = await findParcMachine(tx, uai, machineId)
    const { usage, shared, retired } = change
    await tx
      .update(schema.machine)
      .set({
        usage: usage === undefined ? row.usage : usage,
        shared: shared === undefined ? row.shared : shared,
        retiredAt:
          retired === undefined ? row.retiredAt : retired ? (row.retiredAt ?? ctx.clock.now()) : null,
      })
      .where(eq(schema.machine.id, machineId))
    await refreshParcEvidence(tx, ctx, uai)
    await record(tx, ctx, {
      action: 'machine.change',
      subject: { kind: 'machine', id: machineId },
      uai,
      details: { ...change },
    })
  })
  return readMachine(ctx, uai, machineId)
}
