import { schema, type Tx } from '@vigie/db'
import { and, desc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { isSignedBy, ownKeyIds } from '../../secrets/record-signing.ts'
import { iso } from '../conformity/instants.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { newestSuccess } from './restore-age.ts'
import type { RestoreTest, RestoreTests, Verification } from './schema.ts'

const { restoreTest, signingKey } = schema
const SHOWN = 100

const select = (tx: Tx) =>
  tx
    .select({ test: restoreTest, key: signingKey })
    .from(restoreTest)
    .leftJoin(signingKey, and(eq(signingKey.id, restoreTest.keyId), eq(signingKey.uai, restoreTest.uai)))

type Row = Awaited<ReturnType<typeof select>>[number]

const present = ({ test, key }: Row): RestoreTest => ({
  id: test.id,
  repository: test.repository,
  performedAt: test.performedAt.toISOString(),
  performedBy: test.performedBy,
  restored: test.restored,
  result: test.result,
  durationMinutes: test.durationMinutes,
  comment: test.comment,
  recordedAt: test.recordedAt.toISOString(),
  signedBy: key ? 'machine' : 'vigie',
  keyId: test.keyId,
  keyLabel: key?.label ?? null,
})

/** Newest restore tests of an establishment. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function listRestoreTests(ctx: Context, uai: string): Promise<RestoreTests> {
  const identity = authorise(ctx.actor, 'backup:read')
  return ctx.db.transact(identity, async (tx) => {
    await findEtablissement(tx, uai)
    const rows = await select(tx)
      .where(eq(restoreTest.uai, uai))
      .orderBy(desc(restoreTest.performedAt), desc(restoreTest.recordedAt))
      .limit(SHOWN)
    return { rows: rows.map(present), lastSuccessAt: iso(await newestSuccess(tx, uai)) }
  })
}

/**
 * One test with what is needed to verify its signature elsewhere, and Vigie's own verdict. Errors: `unauthenticated`,
 * `forbidden`, `not_found`.
 */
export async function verifyRestoreTest(ctx: Context, uai: string, id: string): Promise<Verification> {
  const identity = authorise(ctx.actor, 'backup:read')
  const row = await ctx.db.transact(identity, async (tx) => {
    await findEtablissement(tx, uai)
    const [found] = await select(tx).where(and(eq(restoreTest.uai, uai), eq(restoreTest.id, id)))
    return found
  })
  if (!row) throw new AppError('not_found', 'Ce test de restauration n’existe pas dans cet établissement.')
  const { payload, signature, publicKey, keyId } = row.test
  const holds = isSignedBy(publicKey, payload, signature)
  const known = row.key ? row.key.publicKey === publicKey : ownKeyIds(ctx.config).has(keyId)
  const verdict = holds ? (known ? 'valid' : 'unknown_key') : 'altered'
  return { test: present(row), payload, signature, publicKey, verdict, explanation: EXPLANATIONS[verdict] }
}

const EXPLANATIONS: Readonly<Record<Verification['verdict'], string>> = {
  valid: 'La signature est bien celle de ce texte : il n’a pas changé depuis qu’il a été signé.',
  altered: 'La signature n’est pas celle de ce texte : l’un des deux a été modifié. Prévenez le RSSI.',
  unknown_key:
    'La signature est celle de ce texte, mais sa clé n’est plus connue ici : gardez l’ancienne clé maîtresse parmi VIGIE_FORMER_MASTER_KEY_FILES pour la reconnaître.',
}
