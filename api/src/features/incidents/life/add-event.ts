import { schema, type Tx } from '@vigie/db'
import type { IncidentEventKind } from '@vigie/db/schema'
import type { Context } from '../../../context.ts'

export interface NewEvent {
  readonly incidentId: string
  readonly kind: IncidentEventKind
  readonly comment?: string
  readonly details?: Readonly<Record<string, unknown>>
  /** Now unless it happened before. */
  readonly at?: Date
  /** Nobody is to be told of it. */
  readonly silent?: boolean
}

/** Adds to the history of incidents, in the caller's transaction; the job tells of it. */
export async function addEvents(tx: Tx, ctx: Context, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const now = ctx.clock.now()
  const { actor } = ctx
  await tx.insert(schema.incidentEvent).values(
    events.map(({ incidentId, kind, comment, details, at, silent }) => ({
      incidentId,
      kind,
      at: at ?? now,
      actorKind: actor.kind === 'anonymous' ? 'system' : actor.kind,
      actorId: actor.kind === 'anonymous' ? 'anonymous' : actor.id,
      comment: comment ?? null,
      details: { ...details },
      toldAt: silent ? now : null,
    })),
  )
}

/** Like `addEvents`, for one. */
export const addEvent = (tx: Tx, ctx: Context, event: NewEvent): Promise<void> => addEvents(tx, ctx, [event])
