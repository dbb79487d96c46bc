import { schema } from '@vigie/db'
import { requirementById } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import type { DerogationInput } from './schema.ts'
import { expiryWithin, findOpenEtablissement, personOf } from './target.ts'

export const LONGEST_DEROGATION_MONTHS = 24

/**
 * Asks for an exception to a recommended requirement; it counts once the RSSI has approved it. Errors: `forbidden`,
 * `not_found`, `invalid_input` for a requirement that is not recommended for this degree.
 */
export async function requestDerogation(ctx: Context, target: { uai: string }, input: DerogationInput) {
  const identity = authorise(ctx.actor, 'derogation:request')
  const requestedBy = personOf(ctx)
  const expiresAt = expiryWithin(ctx, input.expiresAt, LONGEST_DEROGATION_MONTHS)
  const requestedAt = ctx.clock.now()
  const row = {
    id: ctx.random.uuid(),
    requirement: input.requirement,
    justification: input.justification,
    requestedBy,
    requestedAt,
    expiresAt,
  }
  const uai = await write(ctx, identity, async (tx) => {
    const etablissement = await findOpenEtablissement(tx, target.uai)
    refuseUnlessRecommended(input.requirement, etablissement.degree)
    await tx.insert(schema.derogation).values({ ...row, uai: etablissement.uai })
    await record(tx, ctx, {
      action: 'derogation.request',
      subject: { kind: 'derogation', id: row.id },
      uai: etablissement.uai,
      details: { requirement: row.requirement, expiresAt: expiresAt.toISOString() },
    })
    return etablissement.uai
  })
  return {
    id: row.id,
    uai,
    requirement: row.requirement,
    requestedAt: requestedAt.toISOString(),
    approvedAt: null,
    expiresAt: expiresAt.toISOString(),
  }
}

function refuseUnlessRecommended(requirement: string, degree: 'd1' | 'd2'): void {
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
