import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { allowedTransitions } from './allowed.ts'
import { bordereauRefs, presentHistory, readHistory, slipsOfKey } from './key-history.ts'
import { CREDENTIAL_COLUMNS, findHolder, findKey, type CredentialRow } from './key-row.ts'
import { presentKey } from './present-key.ts'
import type { KeyFile } from './schema.ts'

const { otpCredential, otpSecret } = schema

/** State of a credential, nothing secret. */
export const presentCredential = (row: CredentialRow) => ({
  active: row.active,
  pinSet: row.pepperId !== null,
  failCount: row.failCount,
  pausedUntil: row.pausedUntil?.toISOString() ?? null,
  temporaryUntil: row.temporaryUntil?.toISOString() ?? null,
  lastAcceptedAt: row.lastAcceptedAt?.toISOString() ?? null,
})

/** The file of one key: what it is, what the caller may do to it, all that happened. Errors: `forbidden`, `not_found`. */
export async function readKey(ctx: Context, serial: string): Promise<KeyFile> {
  const identity = authorise(ctx.actor, 'key:read')
  const { key, holder, token, credential, history, bordereaux } = await ctx.db.transact(
    identity,
    async (tx) => {
      const found = await findKey(tx, serial)
      const [secret] = await tx
        .select({
          type: otpSecret.type,
          algorithm: otpSecret.algorithm,
          digits: otpSecret.digits,
          period: otpSecret.period,
          drift: otpSecret.drift,
        })
        .from(otpSecret)
        .where(eq(otpSecret.keyId, found.id))
      if (!secret) throw new Error(`key ${found.id} has no secret`)
      const [used] = await tx
        .select(CREDENTIAL_COLUMNS)
        .from(otpCredential)
        .where(eq(otpCredential.keyId, found.id))
      return {
        key: found,
        token: secret,
        holder: found.holderId === null ? null : await findHolder(tx, found.holderId),
        credential: used ?? null,
        history: await readHistory(tx, { keyId: found.id }),
        bordereaux: await bordereauRefs(tx, slipsOfKey(found.id)),
      }
    },
  )
  return {
    ...presentKey({ key, token, holder }, ctx.clock.now()),
    manufacturer: key.manufacturer,
    model: key.model,
    unitPriceCents: key.unitPriceCents,
    importedAt: key.importedAt.toISOString(),
    academie: key.academie,
    circonscription: key.circonscription,
    uai: key.uai,
    algorithm: token.algorithm,
    period: token.period,
    drift: token.drift,
    credential: credential && presentCredential(credential),
    allowed: allowedTransitions(ctx.actor, key, holder),
    history: await presentHistory(ctx, history, new Map([[key.id, key.serial]])),
    bordereaux,
  }
}
