import { schema, type Tx } from '@vigie/db'
import {
  ABSENCE_DAYS,
  daysBetween,
  dueOnOf,
  localDay,
  nextStep,
  PROCEDURES,
  timeZoneOf,
  type ProcedureKind,
} from '@vigie/rules'
import { and, eq, isNull, or } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyActors } from '../keys/key-actors.ts'
import { findHolder, type HolderRow } from '../keys/key-row.ts'
import { situationsOf } from './facts.ts'
import { authoriseKeyAct } from '../keys/authorise-act.ts'
import { keyOf } from './key-of.ts'
import { lastStandIn, refuseOther } from './other-holder.ts'
import type { NewProcedure } from './schema.ts'

const { keyProcedure } = schema

/** Cases that cannot be open together for one holder. */
const EXCLUSIVE: Readonly<Partial<Record<ProcedureKind, ProcedureKind>>> = {
  stand_in: 'return_of_holder',
  return_of_holder: 'stand_in',
}

/**
 * Opens one of the five cases for a holder. Out: its id. Errors: `forbidden` (not this caller's holder), `not_found`,
 * `invalid_input`, `conflict` (already open, or not for this holder).
 */
export async function openProcedure(ctx: Context, input: NewProcedure): Promise<{ id: string }> {
  return write(ctx, authoriseKeyAct(ctx.actor), async (tx) => {
    const holder = await findHolder(tx, input.holderId)
    return { id: await insertProcedure(tx, ctx, holder, input) }
  })
}

/** The same in the caller's transaction, for an incident that calls for a case. */
export async function insertProcedure(
  tx: Tx,
  ctx: Context,
  holder: HolderRow,
  input: Omit<NewProcedure, 'holderId'>,
): Promise<string> {
  const { kind } = input
  refuseCaller(ctx, kind, holder)
  await refuseSituation(tx, kind, holder)
  const other = await otherOf(tx, holder, input)
  const today = localDay(ctx.clock.now(), timeZoneOf(holder.academie))
  const dueOn = input.dueOn ?? dueOnOf(kind, today)
  if (kind === 'stand_in' && input.dueOn && daysBetween(today, input.dueOn) < ABSENCE_DAYS)
    throw new AppError('invalid_input', 'Une absence d’une semaine ou moins ne demande pas de clé.', {
      errors: [
        { pointer: '/dueOn', detail: `retour prévu : au moins ${ABSENCE_DAYS} jours après aujourd’hui` },
      ],
    })
  const keyId = await keyConcerned(tx, kind, holder, other)
  const row = {
    id: ctx.random.uuid(),
    kind,
    holderId: holder.id,
    otherHolderId: other?.id ?? null,
    keyId,
    newKeyId: null,
    reason: input.reason ?? null,
    openedAt: ctx.clock.now(),
    openedBy: ctx.actor.kind === 'anonymous' ? 'anonymous' : ctx.actor.id,
    dueOn,
    remindedAt: null,
    closedAt: null,
    outcome: null,
    step: '',
  }
  const [situation] = await situationsOf(tx, [row])
  const next = situation ? nextStep(kind, situation) : null
  if (next === null)
    throw new AppError('conflict', 'Il ne reste rien à faire pour ce cas : rien n’est ouvert.')
  const inserted = await tx
    .insert(keyProcedure)
    .values({ ...row, step: next.step })
    .onConflictDoNothing()
    .returning({ id: keyProcedure.id })
  if (inserted.length === 0) throw alreadyOpen(kind)
  await record(tx, ctx, {
    action: 'procedure.opened',
    subject: { kind: 'procedure', id: row.id },
    details: { kind, holderId: holder.id, otherHolderId: row.otherHolderId, keyId, dueOn },
  })
  return row.id
}

const alreadyOpen = (kind: ProcedureKind) =>
  new AppError(
    'conflict',
    `« ${PROCEDURES[kind].label} » est déjà ouvert pour ce porteur : reprenez-le, ou annulez-le.`,
  )

function refuseCaller(ctx: Context, kind: ProcedureKind, holder: HolderRow): void {
  const actors = keyActors(ctx.actor, holder, holder)
  if (PROCEDURES[kind].openedBy.some((actor) => actors.includes(actor))) return
  throw new AppError(
    'forbidden',
    'Ce cas s’ouvre par le supérieur direct du porteur ou par le gestionnaire de ses clés.',
  )
}

async function refuseSituation(tx: Tx, kind: ProcedureKind, holder: HolderRow): Promise<void> {
  if (holder.departedAt || holder.erasedAt)
    throw new AppError('conflict', 'Ce porteur a quitté ses fonctions : aucun cas ne s’ouvre pour lui.')
  if (PROCEDURES[kind].nominativeOnly && holder.kind === 'mairie')
    throw new AppError(
      'conflict',
      'L’identifiant d’une mairie n’est pas nominatif : le maire désigne qui s’en sert, ce cas ne la concerne pas.',
    )
  const excluded = EXCLUSIVE[kind]
  const open = await tx
    .select({ kind: keyProcedure.kind })
    .from(keyProcedure)
    .where(
      and(
        isNull(keyProcedure.closedAt),
        eq(keyProcedure.holderId, holder.id),
        or(eq(keyProcedure.kind, kind), ...(excluded ? [eq(keyProcedure.kind, excluded)] : [])),
      ),
    )
  if (open.some((row) => row.kind === kind)) throw alreadyOpen(kind)
  if (excluded && open.length > 0)
    throw new AppError(
      'conflict',
      `« ${PROCEDURES[excluded].label} » est ouvert pour ce porteur : terminez-le ou annulez-le d’abord.`,
    )
}

async function otherOf(
  tx: Tx,
  holder: HolderRow,
  { kind, otherHolderId }: Pick<NewProcedure, 'kind' | 'otherHolderId'>,
): Promise<HolderRow | null> {
  if (!PROCEDURES[kind].needsOther) return null
  const id = otherHolderId ?? (kind === 'return_of_holder' ? await lastStandIn(tx, holder.id) : null)
  if (!id)
    throw new AppError('invalid_input', 'Dites qui remplace le porteur.', {
      errors: [
        { pointer: '/otherHolderId', detail: 'choisissez la fiche du remplaçant, ou créez-la d’abord' },
      ],
    })
  const other = await findHolder(tx, id)
  refuseOther(kind, holder, other)
  return other
}

/** The key that the case is about, by the time it is opened. */
async function keyConcerned(
  tx: Tx,
  kind: ProcedureKind,
  holder: HolderRow,
  other: HolderRow | null,
): Promise<string | null> {
  const { leaving } = PROCEDURES[kind]
  if (leaving === 'nobody') {
    if ((await keyOf(tx, holder.id)) === null) return null
    throw new AppError('conflict', 'Ce porteur a déjà une clé : ce n’est pas une première nomination.')
  }
  const key = await keyOf(tx, leaving === 'other' ? (other?.id ?? '') : holder.id)
  if (key === null && (kind === 'replacement' || kind === 'departure'))
    throw new AppError('conflict', 'Ce porteur n’a pas de clé : il n’y a rien à remplacer ni à rendre.')
  return key?.id ?? null
}
