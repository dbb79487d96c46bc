import { schema } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { readPublicKey, signingKeyId } from '../../secrets/record-signing.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import type { NewSigningKey } from './schema.ts'

const NOT_A_KEY =
  'Ce n’est pas une clé publique Ed25519. Collez le fichier créé par « openssl pkey -pubout », ou ses 32 octets en base64 ; jamais la clé privée.'

/** Author of rows that no person made. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Lets a machine sign restore tests of an establishment. Out: the key's id, which the machine writes in what it signs.
 * Errors: `unauthenticated`, `forbidden`, `not_found`, `invalid_input`, `conflict` when the key is already there, revoked
 * or not.
 */
export async function addSigningKey(
  ctx: Context,
  uai: string,
  input: NewSigningKey,
): Promise<{ id: string }> {
  const identity = authorise(ctx.actor, 'signing_key:manage')
  const publicKey = readPublicKey(input.publicKey)
  if (publicKey === null)
    throw new AppError('invalid_input', NOT_A_KEY, { errors: [{ pointer: '/publicKey', detail: NOT_A_KEY }] })
  const id = signingKeyId(uai, publicKey)
  return write(ctx, identity, async (tx) => {
    await findEtablissement(tx, uai)
    const added = await tx
      .insert(schema.signingKey)
      .values({
        id,
        uai,
        label: input.label,
        publicKey,
        createdAt: ctx.clock.now(),
        createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : NOBODY,
      })
      .onConflictDoNothing()
      .returning({ id: schema.signingKey.id })
    if (added.length === 0)
      throw new AppError(
        'conflict',
        'Cette clé est déjà enregistrée pour cet établissement. Une clé révoquée ne reprend jamais : créez-en une autre.',
      )
    await record(tx, ctx, { action: 'signing_key.add', subject: { kind: 'signing_key', id }, uai })
    return { id }
  })
}
