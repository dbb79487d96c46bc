import { schema, type Tx } from '@vigie/db'
import type { Verdict } from '@vigie/db/schema'
import { checkFor, isRequirementId } from '@vigie/rules'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import type { ArbitrationInput } from './schema.ts'
import { expiryWithin, findOpenEtablissement, personOf } from './target.ts'

const LONGEST_MONTHS = 24

/**
 * Settles a contradiction, with a reason and an expiry of 24 months at most; only newer evidence reopens it. Evaluates
 * the establishment at once. Errors: `forbidden`, `not_found`, `invalid_input`, `conflict` when nothing is to be settled.
 */
export async function arbitrate(
  ctx: Context,
  target: { uai: string; requirement: string },
  input: ArbitrationInput,
) {
  const identity = authorise(ctx.actor, 'arbitration:write')
  const author = personOf(ctx)
  const expiresAt = expiryWithin(ctx, input.expiresAt, LONGEST_MONTHS)
  const decidedAt = ctx.clock.now()
  const row = {
    id: ctx.random.uuid(),
    requirement: target.requirement,
    verdict: input.verdict,
    reason: input.reason,
    author,
    decidedAt,
    expiresAt,
  }
  const done = await write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    const observedVerdict = await observedInContradiction(tx, uai, target.requirement)
    const evidenceAt = await newestEvidence(tx, uai, target.requirement)
    await tx.insert(schema.arbitration).values({ ...row, uai, observedVerdict, evidenceAt })
    await markDue(tx, [uai], decidedAt)
    await record(tx, ctx, {
      action: 'arbitration.write',
      subject: { kind: 'requirement', id: row.requirement },
      uai,
      details: { verdict: row.verdict, observedVerdict, expiresAt: expiresAt.toISOString() },
    })
    return { uai, observedVerdict }
  })
  await evaluateEtablissements(ctx, [done.uai])
  return {
    id: row.id,
    uai: done.uai,
    requirement: row.requirement,
    verdict: row.verdict,
    observedVerdict: done.observedVerdict,
    decidedAt: decidedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

async function observedInContradiction(tx: Tx, uai: string, requirement: string): Promise<Verdict> {
  const [standing] = await tx
    .select()
    .from(schema.requirementStatus)
    .where(and(eq(schema.requirementStatus.uai, uai), eq(schema.requirementStatus.requirement, requirement)))
  if (standing && (standing.status === 'contradiction' || standing.reopened)) return standing.verdict
  throw new AppError(
    'conflict',
    'Il n’y a rien à arbitrer ici : l’observation et la déclaration ne se contredisent pas.',
  )
}

async function newestEvidence(tx: Tx, uai: string, requirement: string): Promise<Date | null> {
  const needs = isRequirementId(requirement) ? (checkFor(requirement)?.needs ?? []) : []
  if (needs.length === 0) return null
  const held = schema.evidenceCurrent
  const [found] = await tx
    .select({ newest: sql<number | null>`(extract(epoch from max(${held.observedAt})) * 1000)::float8` })
    .from(held)
    .where(and(eq(held.uai, uai), inArray(held.key, [...needs])))
  const newest = found?.newest ?? null
  return newest === null ? null : new Date(newest)
}
