import { schema, type Tx } from '@vigie/db'
import type { Party } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { iso } from '../conformity/instants.ts'
import { findingsWhere, type FoundFinding } from './findings-where.ts'
import { FINDING_STATE_LABELS, NATURE_LABELS, type Finding } from './schema.ts'

/** In: findings. Out: what the API tells of them, with the names of people. */
export async function presentFindings(ctx: Context, found: readonly FoundFinding[]): Promise<Finding[]> {
  const nameOf = await nameAuthors(
    ctx,
    found.flatMap(({ finding }) => [finding.createdBy, ...(finding.settledBy ? [finding.settledBy] : [])]),
  )
  const today = ctx.clock.now().toISOString().slice(0, 10)
  return found.map(({ finding: row, etablissementName, commune, campaignName, proofs }) => ({
    id: row.id,
    uai: row.uai,
    etablissementName,
    commune,
    requirement: row.requirement,
    campaign: row.campaignId === null ? null : { id: row.campaignId, name: campaignName ?? '' },
    visitId: row.visitId,
    nature: row.nature,
    natureLabel: NATURE_LABELS[row.nature],
    description: row.description,
    party: row.party as Party,
    dueOn: row.dueOn,
    late: row.state === 'open' && row.dueOn !== null && row.dueOn < today,
    state: row.state,
    stateLabel: FINDING_STATE_LABELS[row.state],
    comment: row.comment,
    createdAt: row.createdAt.toISOString(),
    createdBy: { id: row.createdBy, name: nameOf(row.createdBy) },
    settledAt: iso(row.settledAt),
    settledBy: row.settledBy === null ? null : { id: row.settledBy, name: nameOf(row.settledBy) },
    proofs,
  }))
}

/** Errors: `not_found` when absent or invisible. */
export async function findFinding(tx: Tx, id: string): Promise<FoundFinding> {
  const [found] = await findingsWhere(tx, eq(schema.finding.id, id))
  if (found) return found
  throw new AppError('not_found', 'Ce constat n’existe pas, ou n’est pas dans votre périmètre.')
}
