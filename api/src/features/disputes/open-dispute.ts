import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { presentDispute } from './find-dispute.ts'
import type { DisputeAnswer, DisputeInput } from './schema.ts'

/**
 * Says that a requirement does not concern the establishment, or that what is observed is wrong; it changes nothing
 * until the RSSI decides. Errors: `forbidden`, `not_found`, `conflict` when there is nothing to dispute, or when it is
 * disputed already.
 */
export async function openDispute(
  ctx: Context,
  target: { uai: string },
  { requirement, kind, reason }: DisputeInput,
): Promise<DisputeAnswer> {
  const identity = authorise(ctx.actor, 'dispute:open')
  const openedBy = personOf(ctx)
  return write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    await refuseUnlessDisputable(tx, uai, requirement, kind)
    const [row] = await tx
      .insert(schema.dispute)
      .values({ id: ctx.random.uuid(), uai, requirement, kind, reason, openedAt: ctx.clock.now(), openedBy })
      .onConflictDoNothing()
      .returning()
    if (!row)
      throw new AppError(
        'conflict',
        'Une contestation de cette exigence attend déjà une réponse. Retirez-la pour en faire une autre.',
      )
    await record(tx, ctx, {
      action: 'dispute.open',
      subject: { kind: 'dispute', id: row.id },
      uai,
      details: { requirement, kind },
    })
    return presentDispute(row)
  })
}

async function refuseUnlessDisputable(
  tx: Tx,
  uai: string,
  requirement: string,
  kind: DisputeInput['kind'],
): Promise<void> {
  const { requirementStatus } = schema
  const [standing] = await tx
    .select({ verdict: requirementStatus.verdict, status: requirementStatus.status })
    .from(requirementStatus)
    .where(and(eq(requirementStatus.uai, uai), eq(requirementStatus.requirement, requirement)))
  if (kind === 'wrong_observation' && (standing?.verdict ?? 'unknown') === 'unknown')
    throw new AppError(
      'conflict',
      'Rien n’est observé pour cette exigence : il n’y a pas d’observation à contester. Déclarez plutôt ce qu’il en est.',
    )
  if (kind === 'not_applicable' && standing?.status === 'not_applicable')
    throw new AppError('conflict', 'Cette exigence compte déjà comme sans objet ici.')
}
