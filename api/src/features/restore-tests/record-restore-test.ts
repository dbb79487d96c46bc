import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { recordSigner } from '../../secrets/record-signing.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { prepareEvidence } from '../evidence/record-evidence.ts'
import { canonicalText, type RestoreRecord } from './canonical-text.ts'
import { keepTest, refuseDate } from './keep-test.ts'
import { keepRestoreAge } from './restore-age.ts'
import type { NewRestoreTest } from './schema.ts'

/**
 * Records a restore that a person tried, signed by Vigie's own key. Out: its id. Errors: `unauthenticated`,
 * `forbidden`, `not_found`, `invalid_input`, `conflict` when it is already recorded.
 */
export async function recordRestoreTest(
  ctx: Context,
  uai: string,
  input: NewRestoreTest,
): Promise<{ id: string }> {
  const identity = authorise(ctx.actor, 'restore_test:record')
  const performedAt = new Date(Math.floor(Date.parse(input.performedAt) / 1000) * 1000)
  refuseDate(ctx, performedAt, '/performedAt')
  const signer = recordSigner(ctx.config)
  const test: RestoreRecord = { ...input, uai, performedAt, keyId: signer.id }
  const payload = canonicalText(test)
  await prepareEvidence(ctx, [{ observedAt: ctx.clock.now() }])
  return write(ctx, identity, async (tx) => {
    await findEtablissement(tx, uai)
    const id = await keepTest(tx, ctx, {
      test,
      payload,
      signature: signer.sign(payload),
      publicKey: signer.publicKey,
      recordedBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
    })
    await keepRestoreAge(tx, ctx, uai)
    await record(tx, ctx, {
      action: 'restore_test.record',
      subject: { kind: 'restore_test', id },
      uai,
      details: { result: test.result, key: signer.id },
    })
    return { id }
  })
}
