import { schema, type Tx } from '@vigie/db'
import { requirementById } from '@vigie/rules'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { expiryWithin, findOpenEtablissement, personOf } from '../declarations/target.ts'
import { presentDerogation } from './present.ts'
import type { DerogationAnswer, DerogationInput } from './schema.ts'

const { derogation } = schema

export const LONGEST_DEROGATION_MONTHS = 24

/**
 * Asks for an exception to a recommended requirement; it counts once the RSSI has approved it. Errors: `forbidden`,
 * `not_found`, `invalid_input` for a requirement that is not recommended for this degree, `conflict` when a request
 * for it is already waiting.
 */
export async function requestDerogation(
  ctx: Context,
  target: { uai: string },
  input: DerogationInput,
): Promise<DerogationAnswer> {
  const identity = authorise(ctx.actor, 'derogation:request')
  const requestedBy = personOf(ctx)
  const expiresAt = expiryWithin(ctx, input.expiresAt, LONGEST_DEROGATION_MONTHS)
  const { requirement, justification } = input
  return write(ctx, identity, async (tx) => {
    const { uai, degree } = await findOpenEtablissement(tx, target.uai)
    refuseUnlessRecommended(requirement, degree)
    await refuseTwice(tx, uai, requirement)
    const [row] = await tx
      .insert(derogation)
      .values({
        ...{ id: ctx.random.uuid(), uai, requirement, justification, requestedBy },
        ...{ requestedAt: ctx.clock.now(), expiresAt, requestedUntil: expiresAt },
      })
      .returning()
    if (!row) throw new Error('the derogation was not written')
    await record(tx, ctx, {
      action: 'derogation.request',
      subject: { kind: 'derogation', id: row.id },
      uai,
      details: { requirement, expiresAt: expiresAt.toISOString() },
    })
    return presentDerogation(row, row.requestedAt)
  })
}

/** Errors: `invalid_input` unless the requirement is recommended for that degree: only then may one depart from it. */
export function refuseUnlessRecommended(requirement: string, degree: 'd1' | 'd2'): void {
  const level = requirementById(requirement)?.levels[degree]
  if (level === 'R') return
  const detail =
    level === 'E'
      ? `${requirement} est exigée ici : elle n’admet pas de dérogation. Inscrivez une action datée, avec un responsable`
      : `${requirement} est facultative ici : elle ne demande pas de dérogation`
  throw new AppError('invalid_input', 'La dérogation est réservée aux exigences recommandées.', {
    errors: [{ pointer: '/requirement', detail }],
  })
}

/** Two requests for the same requirement wait for each other; the second finds the first. */
async function refuseTwice(tx: Tx, uai: string, requirement: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`derogation ${uai} ${requirement}`}, 0))`,
  )
  const [waiting] = await tx
    .select({ id: derogation.id })
    .from(derogation)
    .where(
      and(
        eq(derogation.uai, uai),
        eq(derogation.requirement, requirement),
        isNull(derogation.approvedAt),
        isNull(derogation.refusedAt),
        isNull(derogation.withdrawnAt),
      ),
    )
    .limit(1)
  if (waiting)
    throw new AppError(
      'conflict',
      'Une demande attend déjà une réponse pour cette exigence. Retirez-la pour en faire une autre.',
    )
}
