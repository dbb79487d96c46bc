import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { isSignedBy } from '../../secrets/record-signing.ts'
import { prepareEvidence } from '../evidence/record-evidence.ts'
import { parseCanonicalText, type RestoreRecord } from './canonical-text.ts'
import { keepTest, refuseDate } from './keep-test.ts'
import { keepRestoreAge } from './restore-age.ts'
import type { SignedTest } from './schema.ts'

const refusal = (pointer: string, detail: string) =>
  new AppError('invalid_input', 'Ce test de restauration est refusé : rien n’a été enregistré.', {
    errors: [{ pointer, detail }],
  })

/** Key that may sign for this establishment. Errors: `invalid_input` when it is unknown here, or revoked. */
async function keyOf(tx: Tx, { uai, keyId }: RestoreRecord): Promise<string> {
  const { signingKey } = schema
  const [key] = await tx
    .select()
    .from(signingKey)
    .where(and(eq(signingKey.id, keyId), eq(signingKey.uai, uai)))
  if (!key)
    throw refusal(
      '/payload',
      'la clé nommée à la ligne « key= » n’est pas enregistrée pour cet établissement : ajoutez-la à sa page Sauvegardes',
    )
  if (key.revokedAt)
    throw refusal('/payload', 'cette clé a été révoquée : créez-en une autre et enregistrez-la')
  return key.publicKey
}

/**
 * Receives a restore test that a machine tried and signed: the signature is Ed25519's over the UTF-8 bytes of the
 * canonical text. Errors: `unauthenticated`, `forbidden`, `invalid_input` for a text, a key or a signature that does
 * not hold, `conflict` when it was already received.
 */
export async function receiveSignedTest(
  ctx: Context,
  { payload, signature }: SignedTest,
): Promise<{ id: string }> {
  const identity = authorise(ctx.actor, 'evidence:write')
  const test = parseCanonicalText(payload)
  if (typeof test === 'string') throw refusal('/payload', test)
  refuseDate(ctx, test.performedAt, '/payload')
  await prepareEvidence(ctx, [{ observedAt: ctx.clock.now() }])
  return write(ctx, identity, async (tx) => {
    const publicKey = await keyOf(tx, test)
    const signed = Buffer.from(signature, 'base64url').toString('base64url')
    if (!isSignedBy(publicKey, payload, signed))
      throw refusal(
        '/signature',
        'cette signature n’est pas celle de ce texte par cette clé : le texte a changé, ou une autre clé a signé',
      )
    const id = await keepTest(tx, ctx, { test, payload, signature: signed, publicKey, recordedBy: null })
    await keepRestoreAge(tx, ctx, test.uai)
    await record(tx, ctx, {
      action: 'restore_test.receive',
      subject: { kind: 'restore_test', id },
      uai: test.uai,
      details: { result: test.result, key: test.keyId },
    })
    return { id }
  })
}
