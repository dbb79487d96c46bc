import { checkFor, requirementById, ruleVersionOf } from '@vigie/rules'
import { schema, type Tx } from '@vigie/db'
import { and, desc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { presentRequirement } from '../catalogue/read-catalogue.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { contactOf } from './contacts.ts'
import { decisionsOn } from './decisions.ts'
import { evidenceOf, timelineOf } from './evidence.ts'
import { presentDecisions } from './present-decisions.ts'
import type { RequirementDetail } from './requirement-schema.ts'
import { seenOf } from './seen.ts'
import { sharingOf, standingOf } from './standing.ts'

const CHANGES_SHOWN = 200

async function historyOf(tx: Tx, uai: string, requirement: string): Promise<RequirementDetail['history']> {
  const { statusChange } = schema
  const rows = await tx
    .select()
    .from(statusChange)
    .where(and(eq(statusChange.uai, uai), eq(statusChange.requirement, requirement)))
    .orderBy(desc(statusChange.at), desc(statusChange.id))
    .limit(CHANGES_SHOWN)
  return rows.map((row) => ({
    at: row.at.toISOString(),
    from: row.fromStatus,
    to: row.toStatus,
    reason: row.reason,
    counted: row.counted,
    basis: row.basis,
    ruleVersion: row.ruleVersion,
  }))
}

async function storedStatus(tx: Tx, uai: string, requirement: string) {
  const { requirementStatus } = schema
  const [row] = await tx
    .select()
    .from(requirementStatus)
    .where(and(eq(requirementStatus.uai, uai), eq(requirementStatus.requirement, requirement)))
  return row
}

/** One requirement of one establishment with all that decided it. Errors: `forbidden`, `not_found`. */
export async function readRequirement(ctx: Context, uai: string, id: string): Promise<RequirementDetail> {
  const identity = authorise(ctx.actor, 'conformity:read')
  const requirement = requirementById(id.toUpperCase())
  if (!requirement) throw new AppError('not_found', 'Cette exigence n’existe pas dans le catalogue.')
  const check = checkFor(requirement.id)
  const keys = check?.needs ?? []
  const now = ctx.clock.now()
  const { place, decisions, judgedByVersion, ...detail } = await ctx.db.transact(identity, async (tx) => {
    const row = await findEtablissement(tx, uai)
    // First, so that what changes meanwhile makes it out of date rather than unseen.
    const seen = await seenOf(tx, uai, requirement.id)
    const [sharing, stored, evidence, timeline, history, decisions] = await Promise.all([
      sharingOf(tx, row),
      storedStatus(tx, uai, requirement.id),
      evidenceOf(tx, uai, keys, now),
      timelineOf(tx, uai, keys, now),
      historyOf(tx, uai, requirement.id),
      decisionsOn(tx, uai, requirement.id),
    ])
    const standing = standingOf(requirement, stored, row, sharing)
    const { degree } = row
    return {
      place: row,
      judgedByVersion: stored?.ruleVersion ?? null,
      standing,
      degree,
      seen,
      evidence,
      timeline,
      history,
      decisions,
      contact: contactOf(row, standing.party),
    }
  })
  const { standing, ...rest } = detail
  const { level, verdict, unknownReason, reason, figures, status, counted, basis, reopened } = standing
  const { since, staleAt, derogatedUntil, evaluatedAt, party, partyLabel } = standing
  return {
    requirement: presentRequirement(requirement),
    ...rest,
    ...{ level, verdict, unknownReason, reason, figures, status, counted, basis, reopened },
    ...{ since, staleAt, derogatedUntil, evaluatedAt, party, partyLabel },
    rule: check?.rule ?? null,
    ruleVersion: ruleVersionOf(requirement.id),
    judgedByVersion,
    remediation: check?.remediation ?? null,
    ...(await presentDecisions(ctx, place, decisions)),
  }
}
