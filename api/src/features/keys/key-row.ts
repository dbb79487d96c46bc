import { schema, type Tx } from '@vigie/db'
import { eq, inArray, or } from 'drizzle-orm'
import { AppError } from '../../errors.ts'

const { otpCredential, otpHolder, otpKey } = schema

export type KeyRow = typeof otpKey.$inferSelect
export type HolderRow = typeof otpHolder.$inferSelect

/** What the screens may read of a credential: no PIN, no limited-time password. */
export const CREDENTIAL_COLUMNS = {
  holderId: otpCredential.holderId,
  academie: otpCredential.academie,
  login: otpCredential.login,
  keyId: otpCredential.keyId,
  active: otpCredential.active,
  pepperId: otpCredential.pepperId,
  failCount: otpCredential.failCount,
  pausedUntil: otpCredential.pausedUntil,
  temporaryUntil: otpCredential.temporaryUntil,
  lastAcceptedAt: otpCredential.lastAcceptedAt,
} as const

export type CredentialRow = Pick<typeof otpCredential.$inferSelect, keyof typeof CREDENTIAL_COLUMNS>

const noKey = () => new AppError('not_found', 'Aucune clé de votre périmètre ne porte ce numéro de série.')

/** In: a serial. Out: the key. Errors: `not_found` when absent or outside the caller's perimeters. */
export async function findKey(tx: Tx, serial: string): Promise<KeyRow> {
  const [row] = await tx.select().from(otpKey).where(eq(otpKey.serial, serial))
  if (!row) throw noKey()
  return row
}

/** In: a holder's id. Out: the holder. Errors: `not_found` when absent or outside the caller's perimeters. */
export async function findHolder(tx: Tx, holderId: string): Promise<HolderRow> {
  const [row] = await tx.select().from(otpHolder).where(eq(otpHolder.id, holderId))
  if (!row) throw new AppError('not_found', 'Aucun porteur de votre périmètre ne correspond à cette fiche.')
  return row
}

/** A key held against every other change until the transaction ends, with whom and what hangs on it. */
export interface LockedKey {
  readonly key: KeyRow
  /** Who holds it. */
  readonly holder: HolderRow | null
  /** The credential that uses this very key, or that of the holder to be. */
  readonly credential: CredentialRow | null
}

/**
 * Locks a key and the credential it serves, the credential first: verification takes them in that order.
 * `holderToBe` is whose credential a binding writes.
 */
export async function lockKey(tx: Tx, keyId: string, holderToBe?: string): Promise<LockedKey> {
  const concerned = eq(otpCredential.keyId, keyId)
  const credentials = await tx
    .select(CREDENTIAL_COLUMNS)
    .from(otpCredential)
    .where(
      holderToBe === undefined ? concerned : or(concerned, inArray(otpCredential.holderId, [holderToBe])),
    )
    .orderBy(otpCredential.holderId)
    .for('update')
  const [key] = await tx.select().from(otpKey).where(eq(otpKey.id, keyId)).for('update')
  if (!key) throw noKey()
  const holder = key.holderId === null ? null : await findHolder(tx, key.holderId)
  const used = holderToBe ?? holder?.id
  return { key, holder, credential: credentials.find(({ holderId }) => holderId === used) ?? null }
}
