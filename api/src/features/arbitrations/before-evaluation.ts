import { schema, type Tx } from '@vigie/db'
import { checkFor, isRequirementId } from '@vigie/rules'
import { and, eq, gte, inArray, isNull, lte } from 'drizzle-orm'
import type { Context } from '../../context.ts'

const { arbitration, evaluationDue, evidenceCurrent, requirementStatus } = schema

interface Target {
  readonly uai: string
  readonly requirement: string
}

/**
 * In: establishments. Out: the cases (`UAI.requirement`) that were settled and whose evaluation has not run yet: their
 * status still says otherwise.
 */
export async function justSettled(
  tx: Tx,
  ctx: Context,
  uais: readonly string[],
): Promise<ReadonlySet<string>> {
  if (uais.length === 0) return new Set()
  const rows = await tx
    .select({ uai: arbitration.uai, requirement: arbitration.requirement })
    .from(arbitration)
    .innerJoin(
      requirementStatus,
      and(
        eq(requirementStatus.uai, arbitration.uai),
        eq(requirementStatus.requirement, arbitration.requirement),
        gte(arbitration.decidedAt, requirementStatus.evaluatedAt),
      ),
    )
    .innerJoin(
      evaluationDue,
      and(eq(evaluationDue.uai, arbitration.uai), lte(evaluationDue.dueAt, ctx.clock.now())),
    )
    .where(and(inArray(arbitration.uai, [...uais]), isNull(arbitration.withdrawnAt)))
  return new Set(rows.map(({ uai, requirement }) => `${uai}.${requirement}`))
}

/**
 * In: requirements of establishments. Out: until when whoever decides of one could know all the evidence. Evidence that no
 * evaluation has seen yet, or that counts later only, is not known: it reopens the decision when it says otherwise.
 */
export async function evidenceSeen(
  tx: Tx,
  ctx: Context,
  targets: readonly Target[],
): Promise<(target: Target) => Date | null> {
  const uais = [...new Set(targets.map(({ uai }) => uai))]
  const keys = [...new Set(targets.flatMap(({ requirement }) => needsOf(requirement)))]
  if (keys.length === 0) return () => null
  const now = ctx.clock.now()
  const due = await tx
    .select({ uai: evaluationDue.uai })
    .from(evaluationDue)
    .where(and(inArray(evaluationDue.uai, uais), lte(evaluationDue.dueAt, now)))
  const waiting = new Set(due.map(({ uai }) => uai))
  const evaluated = await tx
    .select({
      uai: requirementStatus.uai,
      requirement: requirementStatus.requirement,
      at: requirementStatus.evaluatedAt,
    })
    .from(requirementStatus)
    .where(
      and(
        inArray(requirementStatus.uai, uais),
        inArray(
          requirementStatus.requirement,
          targets.map(({ requirement }) => requirement),
        ),
      ),
    )
  const evaluatedAt = new Map(evaluated.map(({ uai, requirement, at }) => [`${uai}.${requirement}`, at]))
  const held = await tx
    .select({
      uai: evidenceCurrent.uai,
      key: evidenceCurrent.key,
      observedAt: evidenceCurrent.observedAt,
      receivedAt: evidenceCurrent.receivedAt,
    })
    .from(evidenceCurrent)
    .where(
      and(
        inArray(evidenceCurrent.uai, uais),
        inArray(evidenceCurrent.key, keys),
        lte(evidenceCurrent.observedAt, now),
      ),
    )
  const byUai = Map.groupBy(held, ({ uai }) => uai)
  return ({ uai, requirement }) => {
    const needs = needsOf(requirement)
    const seenUntil = waiting.has(uai) ? (evaluatedAt.get(`${uai}.${requirement}`) ?? new Date(0)) : now
    const needed = (byUai.get(uai) ?? []).filter(({ key }) => needs.includes(key))
    const dates = (seen: boolean) =>
      needed.flatMap(({ receivedAt, observedAt }) =>
        receivedAt <= seenUntil === seen ? [observedAt.getTime()] : [],
      )
    const newestSeen = Math.max(...dates(true))
    return newestSeen === -Infinity ? null : new Date(Math.min(newestSeen, ...dates(false).map(justBefore)))
  }
}

const justBefore = (instant: number): number => instant - 1

const needsOf = (requirement: string): readonly string[] =>
  isRequirementId(requirement) ? (checkFor(requirement)?.needs ?? []) : []
