import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { holdProofs } from '../proofs/attach-proofs.ts'
import { findFinding } from './present-findings.ts'
import { cite } from './record-finding.ts'

/** Adds photos or documents, already stored, to a finding. Errors: `forbidden`, `not_found`, `invalid_input`. */
export async function addFindingProofs(
  ctx: Context,
  id: string,
  input: { readonly proofIds: readonly string[] },
): Promise<void> {
  const identity = authorise(ctx.actor, 'finding:write')
  await write(ctx, identity, async (tx) => {
    const { finding } = await findFinding(tx, id)
    const proofIds = await holdProofs(tx, finding.uai, input.proofIds)
    await cite(tx, id, proofIds)
    await record(tx, ctx, {
      action: 'finding.cite',
      subject: { kind: 'finding', id },
      uai: finding.uai,
      details: { proofs: proofIds.length },
    })
  })
}
