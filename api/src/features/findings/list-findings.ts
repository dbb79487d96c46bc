import { schema, type Tx } from '@vigie/db'
import { and, count, eq, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { findingsWhere } from './findings-where.ts'
import { findFinding, presentFindings } from './present-findings.ts'
import {
  FINDING_STATES,
  FINDING_STATE_LABELS,
  type Finding,
  type Findings,
  type FindingsQuery,
} from './schema.ts'

const { finding } = schema

const narrowed = (query: FindingsQuery): SQL[] => [
  ...(query.party === undefined ? [] : [eq(finding.party, query.party)]),
  ...(query.campaign === undefined ? [] : [eq(finding.campaignId, query.campaign)]),
]

async function pageOf(tx: Tx, query: FindingsQuery, scope: SQL[]) {
  const base = and(...scope, ...narrowed(query))
  const counts = await tx
    .select({ state: finding.state, count: count() })
    .from(finding)
    .where(base)
    .groupBy(finding.state)
  const where = and(base, ...(query.state === undefined ? [] : [eq(finding.state, query.state)]))
  const page = { limit: query.pageSize, offset: (query.page - 1) * query.pageSize }
  return { counts, rows: await findingsWhere(tx, where, page) }
}

async function presented(
  ctx: Context,
  query: FindingsQuery,
  { counts, rows }: Awaited<ReturnType<typeof pageOf>>,
): Promise<Findings> {
  const states = FINDING_STATES.map((code) => ({
    code,
    label: FINDING_STATE_LABELS[code],
    count: counts.find(({ state }) => state === code)?.count ?? 0,
  }))
  return {
    total: states
      .filter(({ code }) => query.state === undefined || query.state === code)
      .reduce((sum, state) => sum + state.count, 0),
    page: query.page,
    pageSize: query.pageSize,
    states,
    rows: await presentFindings(ctx, rows),
  }
}

/** One page of the findings of the caller's perimeters. Errors: `forbidden`. */
export async function listFindings(ctx: Context, query: FindingsQuery): Promise<Findings> {
  const identity = authorise(ctx.actor, 'finding:read')
  return presented(ctx, query, await ctx.db.transact(identity, (tx) => pageOf(tx, query, [])))
}

/** One page of the findings of an establishment. Errors: `forbidden`, `not_found`. */
export async function listOwnFindings(ctx: Context, text: string, query: FindingsQuery): Promise<Findings> {
  const identity = authorise(ctx.actor, 'finding:read')
  const found = await ctx.db.transact(identity, async (tx) => {
    const { uai } = await findEtablissement(tx, text)
    return pageOf(tx, query, [eq(finding.uai, uai)])
  })
  return presented(ctx, query, found)
}

/** One finding. Errors: `forbidden`, `not_found`. */
export async function readFinding(ctx: Context, id: string): Promise<Finding> {
  const identity = authorise(ctx.actor, 'finding:read')
  const found = await ctx.db.transact(identity, (tx) => findFinding(tx, id))
  const [presentedOne] = await presentFindings(ctx, [found])
  return presentedOne!
}
