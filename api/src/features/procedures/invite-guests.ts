import { schema } from '@vigie/db'
import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import type { z } from '@hono/zod-openapi'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findSession } from './read-session.ts'
import type { newGuests } from './session-schema.ts'

const { handOverGuest, keyProcedure, otpHolder } = schema

/**
 * Invites to a session the holders of open first appointments: those named, or all that no session has yet. Who is
 * already a guest stays one. Out: how many were added. Errors: `forbidden`, `not_found`.
 */
export async function inviteGuests(
  ctx: Context,
  sessionId: string,
  input: z.infer<typeof newGuests>,
): Promise<{ added: number }> {
  return write(ctx, authorise(ctx.actor, 'key:stock'), async (tx) => {
    const session = await findSession(tx, sessionId)
    const wanted =
      'all' in input
        ? notExists(
            tx
              .select({ one: sql`1` })
              .from(handOverGuest)
              .where(eq(handOverGuest.procedureId, keyProcedure.id)),
          )
        : inArray(keyProcedure.id, input.procedureIds)
    const found = await tx
      .select({ id: keyProcedure.id, holderId: keyProcedure.holderId })
      .from(keyProcedure)
      .innerJoin(otpHolder, eq(otpHolder.id, keyProcedure.holderId))
      .where(
        and(
          eq(keyProcedure.kind, 'first_appointment'),
          isNull(keyProcedure.closedAt),
          eq(otpHolder.academie, session.academie),
          wanted,
        ),
      )
    if ('procedureIds' in input && found.length < new Set(input.procedureIds).size)
      throw new AppError('not_found', 'Une de ces premières nominations n’existe pas ou n’est plus ouverte.')
    if (found.length === 0) return { added: 0 }
    const added = await tx
      .insert(handOverGuest)
      .values(found.map(({ id, holderId }) => ({ sessionId, holderId, procedureId: id })))
      .onConflictDoNothing()
      .returning({ holderId: handOverGuest.holderId })
    await record(tx, ctx, {
      action: 'hand_over_session.invited',
      subject: { kind: 'hand_over_session', id: sessionId },
      details: { added: added.length },
    })
    return { added: added.length }
  })
}

/** Takes a guest off the list; the first appointment stays open. Errors: `forbidden`, `not_found`. */
export async function uninviteGuest(ctx: Context, sessionId: string, holderId: string): Promise<void> {
  await write(ctx, authorise(ctx.actor, 'key:stock'), async (tx) => {
    await findSession(tx, sessionId)
    const removed = await tx
      .delete(handOverGuest)
      .where(and(eq(handOverGuest.sessionId, sessionId), eq(handOverGuest.holderId, holderId)))
      .returning({ holderId: handOverGuest.holderId })
    if (removed.length === 0)
      throw new AppError('not_found', 'Cette personne n’est pas invitée à cette séance.')
    await record(tx, ctx, {
      action: 'hand_over_session.uninvited',
      subject: { kind: 'hand_over_session', id: sessionId },
      details: { holderId },
    })
  })
}
