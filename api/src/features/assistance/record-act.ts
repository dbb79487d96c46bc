import { schema, type Tx } from '@vigie/db'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'

export interface HolderAct {
  readonly act: 'delay_lifted' | 'pin_cleared' | 'pin_changed' | 'resynchronised' | 'temporary_password'
  readonly holderId: string
  readonly keyId: string
  readonly calledBackAt?: Date | undefined
  readonly reason?: string | undefined
  /** Nothing personal, nothing secret. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** Keeps an act that changes no state in the history of the key, with its journal row. */
export async function recordAct(tx: Tx, ctx: Context, act: HolderAct): Promise<void> {
  const { actor } = ctx
  await tx.insert(schema.keyAct).values({
    id: ctx.random.uuid(),
    holderId: act.holderId,
    keyId: act.keyId,
    procedureId: null,
    act: act.act,
    at: ctx.clock.now(),
    actorKind: actor.kind,
    actorId: actor.kind === 'anonymous' ? 'anonymous' : actor.id,
    calledBackAt: act.calledBackAt ?? null,
    reason: act.reason ?? null,
    details: { ...act.details },
  })
  await record(tx, ctx, {
    action: `key.${act.act}`,
    subject: { kind: 'key', id: act.keyId },
    details: {
      holderId: act.holderId,
      calledBackAt: act.calledBackAt?.toISOString() ?? null,
      ...act.details,
    },
  })
}
