import { schema, type Identity, type Tx } from '@vigie/db'
import { managerOf } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { holderFault, loginOf, type HolderInput } from './holder-input.ts'
import { placeOf, type HolderPlace } from './holder-place.ts'
import { born, rowOf } from './holder-row.ts'
import { matchingAccount } from './matching-account.ts'

/**
 * Registers a holder, with the credential that a key will use; an account of the same login at the same place is linked.
 * Out: its id. Errors: `forbidden`, `invalid_input`, `conflict` when the login is taken in the académie.
 */
export async function createHolder(ctx: Context, input: HolderInput): Promise<{ id: string; login: string }> {
  const identity = authorise(ctx.actor, 'key:manage')
  const { place, accountId } = await prepareHolder(ctx, identity, input)
  return write(ctx, identity, async (tx) => {
    const created = await insertHolder(tx, ctx, input, place, accountId)
    if (!created)
      throw new AppError('conflict', `L’identifiant ${loginOf(input)} a déjà une fiche de porteur.`)
    return created
  })
}

/** Place and account of a holder to be. Errors: `invalid_input`, `forbidden` when that kind of holder is managed by others. */
export async function prepareHolder(
  ctx: Context,
  identity: Identity,
  input: HolderInput,
): Promise<{ place: HolderPlace; accountId: string | null }> {
  const wrong = holderFault(input)
  if (wrong) throw new AppError('invalid_input', wrong.detail, { errors: [wrong] })
  const place = await ctx.db.transact(identity, (tx) => placeOf(tx, identity, input))
  refuseOthersHolders(ctx, input, place)
  const communeCode = input.function === 'mairie' ? (input.communeCode ?? null) : null
  return { place, accountId: await matchingAccount(ctx, loginOf(input), place, communeCode) }
}

/** The division registers every holder of its académie; an OSP those whose keys it manages. */
export function refuseOthersHolders(
  { actor }: Context,
  input: Pick<HolderInput, 'function'>,
  place: Pick<HolderPlace, 'academie' | 'departement'>,
): void {
  if (actor.kind === 'system') return
  const allowed =
    actor.kind === 'account' &&
    actor.grants.some(
      ({ role, perimeter }) =>
        (role === 'diaser' && perimeter.code === place.academie) ||
        (role === 'osp' && managerOf(input.function) === 'osp' && perimeter.code === place.departement),
    )
  if (!allowed)
    throw new AppError(
      'forbidden',
      'Les porteurs de cette fonction sont inscrits par la division informatique de l’académie.',
    )
}

/** Out: the holder's id and login, or null when the login is taken. */
export async function insertHolder(
  tx: Tx,
  ctx: Context,
  input: HolderInput,
  place: HolderPlace,
  accountId: string | null,
): Promise<{ id: string; login: string } | null> {
  const row = { ...born(ctx), ...rowOf(input, place, accountId) }
  const created = await tx
    .insert(schema.otpHolder)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: schema.otpHolder.id })
  if (created.length === 0) return null
  const { id, academie, login } = row
  await tx.insert(schema.otpCredential).values({ holderId: id, academie, login, active: false })
  await record(tx, ctx, {
    action: 'holder.created',
    subject: { kind: 'holder', id },
    details: { function: row.holderFunction, kind: row.kind, linked: accountId !== null },
  })
  return { id, login }
}
