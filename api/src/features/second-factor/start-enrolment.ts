import { schema } from '@vigie/db'
import { generateURI, ScureBase32Plugin } from 'otplib'
import { encode } from 'uqr'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { sealSeed } from '../../secrets/seal.ts'
import { findCredential } from './find-credential.ts'
import { signedIn } from './signed-in.ts'

/** 160 bits, as RFC 4226 (R6) recommends; the parameters that every phone application takes. */
const SEED_BYTES = 20
export const SOFTWARE_TOKEN = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30 } as const

export interface Enrolment {
  /** Seed in base32 by groups of four, for who cannot scan. */
  readonly secret: string
  readonly uri: string
  /** Rows of the QR code, true where it is dark. */
  readonly qr: readonly (readonly boolean[])[]
}

/**
 * Shows a new seed to a person who has no key: nothing changes until a code proves that it was copied. Asking again
 * shows another one. Errors: `conflict` when a key is already the person's.
 */
export async function startEnrolment(ctx: Context): Promise<Enrolment> {
  const actor = signedIn(ctx)
  const identity = { role: 'vigie_app', perimeters: [], accountId: actor.id } as const
  const seed = new Uint8Array(ctx.random.bytes(SEED_BYTES))
  const sealed = { ...sealSeed(keyringOf(ctx.config), actor.id, seed), startedAt: ctx.clock.now() }
  await write(ctx, identity, async (tx) => {
    if ((await findCredential(tx, actor.id))?.keyId) {
      throw new AppError('conflict', 'Une clé est déjà à votre nom : une personne n’en tient qu’une.')
    }
    await tx
      .insert(schema.softwareEnrolment)
      .values({ accountId: actor.id, ...sealed })
      .onConflictDoUpdate({ target: schema.softwareEnrolment.accountId, set: sealed })
    await record(tx, ctx, { action: 'second_factor.shown', subject: { kind: 'account', id: actor.id } })
  })
  const secret = new ScureBase32Plugin().encode(seed, { padding: false })
  const uri = generateURI({ strategy: 'totp', issuer: 'Vigie', label: actor.login, secret })
  return { secret: secret.replace(/(.{4})(?=.)/g, '$1 '), uri, qr: encode(uri, { ecc: 'M', border: 0 }).data }
}
