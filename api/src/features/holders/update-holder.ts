import { schema, type Tx } from '@vigie/db'
import { HELD_STATES, KEY_STATE_LABELS } from '@vigie/rules'
import { and, eq, inArray } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findHolder, type HolderRow } from '../keys/key-row.ts'
import { prepareHolder } from './create-holder.ts'
import { fault, type HolderInput } from './holder-input.ts'
import { rowOf, type NewHolderRow } from './holder-row.ts'
import type { HolderChange } from './schema.ts'

const { otpCredential, otpHolder, otpKey } = schema

/** The holder as a form would now give it: what does not change is taken from the row. */
function asInput(holder: HolderRow, change: HolderChange): HolderInput {
  const moved =
    change.uai !== undefined || change.circonscription !== undefined || change.departement !== undefined
  const place = moved
    ? { uai: change.uai, circonscription: change.circonscription, departement: change.departement }
    : {
        uai: holder.uai ?? undefined,
        circonscription: holder.circonscription ?? undefined,
        departement: holder.departement ?? undefined,
      }
  const kept = <T>(given: T | null | undefined, current: T | null): T | undefined =>
    (given === undefined ? current : given) ?? undefined
  return {
    function: change.function ?? holder.holderFunction,
    login: holder.login,
    displayName: change.displayName ?? holder.displayName,
    ...place,
    communeCode: holder.communeCode ?? undefined,
    orderNumber: holder.orderNumber ?? undefined,
    mail: kept(change.mail, holder.mail),
    callBackNumber: kept(change.callBackNumber, holder.callBackNumber),
    company: kept(change.company, holder.company),
  }
}

/**
 * Changes what is known of a holder; the key follows when the place changes. `departed` closes the file once the key is
 * back. Errors: `forbidden`, `not_found`, `invalid_input`, `conflict` when a key is still meant for who departs.
 */
export async function updateHolder(ctx: Context, holderId: string, change: HolderChange): Promise<void> {
  const identity = authorise(ctx.actor, 'key:manage')
  const holder = await ctx.db.transact(identity, (tx) => findHolder(tx, holderId))
  if (holder.erasedAt) throw new AppError('not_found', 'Cette fiche de porteur a été effacée.')
  const mairie = holder.kind === 'mairie'
  if (change.function !== undefined && mairie !== (change.function === 'mairie'))
    throw fault('/function', 'Une mairie garde sa fonction ; une personne ne devient pas une mairie.')
  // Who manages the holder today must also manage what he becomes.
  await prepareHolder(ctx, identity, asInput(holder, {}))
  const { place, accountId } = await prepareHolder(ctx, identity, asInput(holder, change))
  const row = rowOf(asInput(holder, change), place, accountId ?? holder.accountId)
  await write(ctx, identity, (tx) => applyChange(tx, ctx, holder, row, change.departed))
}

/** Writes the row, moves the key that the holder has, and says which fields changed. Out: whether anything did. */
export async function applyChange(
  tx: Tx,
  ctx: Context,
  holder: HolderRow,
  row: NewHolderRow,
  departed: boolean | undefined,
): Promise<boolean> {
  if (departed === true) await refuseHeldKey(tx, holder)
  const departedAt =
    departed === undefined ? holder.departedAt : departed ? (holder.departedAt ?? ctx.clock.now()) : null
  const next = { ...row, departedAt }
  const changed = (Object.keys(next) as (keyof typeof next)[]).filter((name) => next[name] !== holder[name])
  if (changed.length === 0) return false
  await tx.update(otpHolder).set(next).where(eq(otpHolder.id, holder.id))
  const { departement, circonscription, uai } = next
  await tx
    .update(otpKey)
    .set({ departement: departement ?? null, circonscription: circonscription ?? null, uai: uai ?? null })
    .where(eq(otpKey.holderId, holder.id))
  await tx.update(otpCredential).set({ login: next.login }).where(eq(otpCredential.holderId, holder.id))
  await record(tx, ctx, {
    action: 'holder.updated',
    subject: { kind: 'holder', id: holder.id },
    details: { fields: changed },
  })
  return true
}

/** Errors: `conflict` while a key is still meant for that person. */
export async function refuseHeldKey(tx: Tx, holder: HolderRow): Promise<void> {
  const [key] = await tx
    .select({ serial: otpKey.serial, state: otpKey.state })
    .from(otpKey)
    .where(and(eq(otpKey.holderId, holder.id), inArray(otpKey.state, [...HELD_STATES])))
    .limit(1)
  if (key)
    throw new AppError(
      'conflict',
      `Ce porteur a encore la clé ${key.serial} (${KEY_STATE_LABELS[key.state].toLowerCase()}) : reprenez-la ou révoquez-la d’abord.`,
    )
}
