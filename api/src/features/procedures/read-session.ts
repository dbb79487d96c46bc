import { rowsOf, schema, type Tx } from '@vigie/db'
import type { HolderFunction, KeyState } from '@vigie/db/schema'
import { HOLDER_FUNCTION_LABELS, KEY_STATE_LABELS } from '@vigie/rules'
import { desc, eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Session, SessionSummary } from './session-schema.ts'

const { handOverSession } = schema
type SessionRow = typeof handOverSession.$inferSelect

interface GuestRow {
  readonly id: string
  readonly display_name: string
  readonly login: string
  readonly holder_function: HolderFunction
  readonly mail: string | null
  readonly etablissement: string | null
  readonly commune: string | null
  readonly procedure_id: string | null
  readonly convoked_at: Date | string | null
  readonly serial: string | null
  readonly state: KeyState | null
}

const IN_HANDS: ReadonlySet<string> = new Set(['handed_over', 'active', 'paused', 'locked'])

/** In: an id. Out: the session. Errors: `not_found` when absent, or when nobody of the caller's perimeters is invited. */
export async function findSession(tx: Tx, id: string): Promise<SessionRow> {
  const [row] = await tx.select().from(handOverSession).where(eq(handOverSession.id, id))
  if (!row) throw new AppError('not_found', 'Cette séance de remise n’existe pas dans votre périmètre.')
  return row
}

/** Sessions of the académie, or those to which someone of the caller's perimeters is invited. Errors: `forbidden`. */
export async function listSessions(ctx: Context): Promise<{ rows: SessionSummary[] }> {
  return ctx.db.transact(authorise(ctx.actor, 'key:read'), async (tx) => {
    const sessions = await tx
      .select()
      .from(handOverSession)
      .orderBy(desc(handOverSession.heldOn), handOverSession.id)
      .limit(100)
    const rows: SessionSummary[] = []
    for (const session of sessions) rows.push(summary(session, await guestsOf(tx, session.id)))
    return { rows }
  })
}

/** One session with its convocation list, in alphabetical order. Errors: `forbidden`, `not_found`. */
export async function readSession(ctx: Context, id: string): Promise<Session> {
  return ctx.db.transact(authorise(ctx.actor, 'key:read'), async (tx) => {
    const session = await findSession(tx, id)
    const guests = await guestsOf(tx, id)
    const waiting = await tx.execute(WAITING)
    return {
      ...summary(session, guests),
      waiting: rowsOf<{ waiting: number }>(waiting)[0]?.waiting ?? 0,
      list: guests.map((guest) => ({
        holder: {
          id: guest.id,
          displayName: guest.display_name,
          login: guest.login,
          function: guest.holder_function,
          functionLabel: HOLDER_FUNCTION_LABELS[guest.holder_function],
        },
        etablissement: guest.etablissement,
        commune: guest.commune,
        procedureId: guest.procedure_id,
        mail: guest.mail,
        convokedAt: guest.convoked_at === null ? null : new Date(guest.convoked_at).toISOString(),
        serial: guest.serial,
        keyState: guest.state,
        keyStateLabel: guest.state ? KEY_STATE_LABELS[guest.state] : 'Clé à préparer',
      })),
    }
  })
}

const summary = (session: SessionRow, guests: readonly GuestRow[]): SessionSummary => ({
  id: session.id,
  heldOn: session.heldOn,
  startsAt: session.startsAt,
  place: session.place,
  guests: guests.length,
  convoked: guests.filter(({ convoked_at }) => convoked_at !== null).length,
  handedOver: guests.filter(({ state }) => state !== null && IN_HANDS.has(state)).length,
})

const WAITING = sql`
  select count(*)::int as waiting from key_procedure p
  where p.kind = 'first_appointment' and p.closed_at is null
    and not exists (select 1 from hand_over_guest g where g.procedure_id = p.id)`

/** Guests of a session with their school and the key prepared for them. */
export async function guestsOf(tx: Tx, sessionId: string): Promise<GuestRow[]> {
  const result = await tx.execute(sql`
    select h.id, h.display_name, h.login, h.holder_function, h.mail, e.name as etablissement, e.commune,
      g.procedure_id, g.convoked_at, k.serial, k.state
    from hand_over_guest g
      join otp_holder h on h.id = g.holder_id
      left join etablissement e on e.uai = h.uai
      left join lateral (
        select serial, state from otp_key
        where holder_id = h.id and state in ('initialised', 'handed_over', 'active', 'paused', 'locked') limit 1
      ) k on true
    where g.session_id = ${sessionId}
    order by lower(h.display_name), h.id`)
  return rowsOf<GuestRow>(result)
}
