import type { Identity, Tx } from '@vigie/db'
import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { helpedOf, type HelpedPerson } from '../assistance/helped.ts'
import type { KeyRow } from '../keys/key-row.ts'

/** The signed-in person and the identity that sees what is theirs only. Errors: `unauthenticated`, `forbidden`. */
export function ownIdentity(ctx: Context): { identity: Identity; accountId: string } {
  const identity = authorise(ctx.actor, 'key:own')
  if (ctx.actor.kind !== 'account')
    throw new AppError('forbidden', 'Une clé se gère avec le compte de la personne qui la porte.')
  return { identity, accountId: ctx.actor.id }
}

/** The holder that this account is; null when it is none. */
export async function ownHolder(tx: Tx, accountId: string): Promise<HelpedPerson | null> {
  const [holder] = await tx.select().from(schema.otpHolder).where(eq(schema.otpHolder.accountId, accountId))
  if (!holder) return null
  return (await helpedOf(tx, [holder]))[0] ?? null
}

/** The same for an act on the key. Errors: `conflict` when there is no key to act on. */
export async function ownHolderWithKey(tx: Tx, accountId: string): Promise<HelpedPerson & { key: KeyRow }> {
  const person = await ownHolder(tx, accountId)
  if (!person?.key) throw new AppError('conflict', 'Aucune clé n’est à votre nom.')
  return { ...person, key: person.key }
}
