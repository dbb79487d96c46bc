import { schema, type Tx } from '@vigie/db'
import {
  KEY_ACT_LABELS,
  KEY_STATE_LABELS,
  KEY_TRANSITION_WORDING,
  KEY_TRANSITIONS,
  STOCK_EVENT_LABELS,
  type KeyTransition,
} from '@vigie/rules'
import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Deps } from '../../context.ts'
import { BORDEREAU_LABELS } from '../bordereaux/content.ts'
import type { BordereauRef, HistoryEntry } from './schema.ts'

const { account, bordereau, keyAct, keyTransition, otpHolder } = schema

type TransitionRow = typeof keyTransition.$inferSelect

/** What a history is made of, as the caller may see it; the names of who acted are still to be read. */
export interface RawHistory {
  readonly rows: readonly TransitionRow[]
  readonly holders: ReadonlyMap<string, string>
  readonly bordereaux: ReadonlyMap<string, BordereauRef>
}

/** Slips that satisfy a condition, newest first, without their content. */
export async function bordereauRefs(tx: Tx, where: SQL): Promise<BordereauRef[]> {
  const rows = await tx
    .select({
      id: bordereau.id,
      number: bordereau.number,
      kind: bordereau.kind,
      createdAt: bordereau.createdAt,
      signed: sql<boolean>`exists (select 1 from bordereau_scan s where s.bordereau_id = "bordereau"."id")`,
    })
    .from(bordereau)
    .where(where)
    .orderBy(desc(bordereau.createdAt), desc(bordereau.number))
  return rows.map((row) => ({
    ...row,
    kindLabel: BORDEREAU_LABELS[row.kind],
    createdAt: row.createdAt.toISOString(),
  }))
}

/** An act as a line of history: the key stayed in the state that it then had. */
function asRow(act: typeof keyAct.$inferSelect, transitions: readonly TransitionRow[]): TransitionRow[] {
  const { keyId, act: transition, ...rest } = act
  const before = transitions.find((row) => row.keyId === keyId && row.at <= act.at)
  if (keyId === null || !before) return []
  const { toState } = before
  return [{ ...rest, keyId, transition, fromState: toState, toState, bordereauId: null }]
}

/** What happened to a key, or to a holder, newest first: changes of state, and acts that changed none. */
export async function readHistory(
  tx: Tx,
  of: { readonly keyId: string } | { readonly holderId: string },
): Promise<RawHistory> {
  const concerns = (columns: { keyId: AnyPgColumn; holderId: AnyPgColumn }) =>
    'keyId' in of ? eq(columns.keyId, of.keyId) : eq(columns.holderId, of.holderId)
  const transitions = await tx
    .select()
    .from(keyTransition)
    .where(concerns(keyTransition))
    .orderBy(desc(keyTransition.at))
  const acts = await tx
    .select()
    .from(keyAct)
    .where(and(concerns(keyAct), inArray(keyAct.act, Object.keys(KEY_ACT_LABELS))))
  const rows = [...transitions, ...acts.flatMap((act) => asRow(act, transitions))].toSorted(
    (a, b) => b.at.getTime() - a.at.getTime(),
  )
  const idsOf = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const holderIds = idsOf(rows.map(({ holderId }) => holderId))
  const slipIds = idsOf(rows.map(({ bordereauId }) => bordereauId))
  const holders =
    holderIds.length === 0
      ? []
      : await tx
          .select({ id: otpHolder.id, name: otpHolder.displayName })
          .from(otpHolder)
          .where(inArray(otpHolder.id, holderIds))
  const slips = slipIds.length === 0 ? [] : await bordereauRefs(tx, inArray(bordereau.id, slipIds))
  return {
    rows,
    holders: new Map(holders.map(({ id, name }) => [id, name])),
    bordereaux: new Map(slips.map((slip) => [slip.id, slip])),
  }
}

/** Names of the accounts among those who acted. Opens its own transaction: call it outside any other. */
async function namesOf(deps: Deps, rows: readonly TransitionRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.filter((row) => row.actorKind === 'account').map((row) => row.actorId))]
  if (ids.length === 0) return new Map()
  const found = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.select({ id: account.id, name: account.displayName }).from(account).where(inArray(account.id, ids)),
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}

/**
 * The history in French words. What was written about a holder whom the caller does not see stays out: neither the name
 * nor the reason.
 */
export async function presentHistory(
  deps: Deps,
  history: RawHistory,
  serials: ReadonlyMap<string, string>,
): Promise<HistoryEntry[]> {
  const names = await namesOf(deps, history.rows)
  return history.rows.map((row) => {
    const name = row.holderId === null ? null : (history.holders.get(row.holderId) ?? null)
    const seen = row.holderId === null || name !== null
    const known = isTransition(row.transition)
      ? KEY_TRANSITION_WORDING[row.transition].label
      : (STOCK_EVENT_LABELS[row.transition] ?? KEY_ACT_LABELS[row.transition] ?? row.transition)
    return {
      at: row.at.toISOString(),
      serial: serials.get(row.keyId) ?? String(row.details['serial'] ?? ''),
      transition: row.transition,
      transitionLabel: known,
      from: row.fromState,
      to: row.toState,
      toLabel: KEY_STATE_LABELS[row.toState],
      holder: row.holderId !== null && name !== null ? { id: row.holderId, displayName: name } : null,
      actor: {
        kind: row.actorKind,
        label: row.actorKind === 'account' ? (names.get(row.actorId) ?? 'Compte supprimé') : 'Vigie',
      },
      reason: seen ? row.reason : null,
      calledBackAt: row.calledBackAt?.toISOString() ?? null,
      bordereau: row.bordereauId === null ? null : (history.bordereaux.get(row.bordereauId) ?? null),
      procedureId: row.procedureId,
    }
  })
}

const isTransition = (name: string): name is KeyTransition =>
  (KEY_TRANSITIONS as readonly string[]).includes(name)

/** Slips that name a key. */
export const slipsOfKey = (keyId: string): SQL => sql`${bordereau.keyIds} @> array[${keyId}::uuid]`

/** Slips of a holder, and the summaries that name one of these transitions. */
export const slipsOfHolder = (holderId: string): SQL => eq(bordereau.holderId, holderId)
