import { schema } from '@vigie/db'
import { eq, ne } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { openSeed, sealSeed } from '../../secrets/seal.ts'

const BATCH = 500

export interface Resealing {
  readonly resealed: number
  /** Holders whose PIN is still under a former pepper: it moves at their next accepted code. */
  readonly formerPins: number
}

/**
 * After the master key was replaced: seals every seed again under the current one, by batches that commit; running it
 * again goes on. Errors: `Error` when a former master key is not configured.
 */
export async function resealSeeds(
  ctx: Context,
  onProgress: (resealed: number) => void = () => {},
): Promise<Resealing> {
  const identity = authorise(ctx.actor, 'key:stock')
  const keyring = keyringOf(ctx.config)
  const { otpCredential, otpSecret } = schema
  const former = ne(otpSecret.sealKeyId, keyring.current.id)
  for (let resealed = 0; ;) {
    const done = await write(ctx, identity, async (tx) => {
      const columns = {
        keyId: otpSecret.keyId,
        seedSealed: otpSecret.seedSealed,
        sealKeyId: otpSecret.sealKeyId,
      }
      const rows = await tx.select(columns).from(otpSecret).where(former).limit(BATCH).for('update')
      for (const row of rows) {
        const seed = openSeed(keyring, row.keyId, row)
        await tx
          .update(otpSecret)
          .set(sealSeed(keyring, row.keyId, seed))
          .where(eq(otpSecret.keyId, row.keyId))
      }
      if (rows.length > 0) {
        const subject = { kind: 'master_key', id: keyring.current.id }
        await record(tx, ctx, { action: 'seeds.resealed', subject, details: { seeds: rows.length } })
      }
      return rows.length
    })
    resealed += done
    onProgress(resealed)
    if (done < BATCH) {
      const formerPins = await ctx.db.transact(identity, (tx) =>
        tx.$count(otpCredential, ne(otpCredential.pepperId, keyring.current.id)),
      )
      return { resealed, formerPins }
    }
  }
}
