import { schema, type Tx } from '@vigie/db'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import type { RequirementDetail } from './schema.ts'

/** What people decided of one requirement of one establishment, newest first. */
export async function decisionsOn(tx: Tx, uai: string, requirement: string) {
  const { declaration, arbitration, derogation } = schema
  const [declarations, arbitrations, derogations] = await Promise.all([
    tx
      .select()
      .from(declaration)
      .where(and(eq(declaration.uai, uai), eq(declaration.requirement, requirement)))
      .orderBy(desc(declaration.declaredAt)),
    tx
      .select()
      .from(arbitration)
      .where(and(eq(arbitration.uai, uai), eq(arbitration.requirement, requirement)))
      .orderBy(desc(arbitration.decidedAt)),
    tx
      .select()
      .from(derogation)
      .where(and(eq(derogation.uai, uai), eq(derogation.requirement, requirement)))
      .orderBy(desc(derogation.requestedAt)),
  ])
  return { declarations, arbitrations, derogations }
}

export type Decisions = Awaited<ReturnType<typeof decisionsOn>>

/** Names of the accounts behind these decisions: credentials are read apart, under their own role. */
export async function authorsOf(ctx: Context, decisions: Decisions): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(
    [
      decisions.declarations[0]?.author,
      decisions.arbitrations[0]?.author,
      decisions.derogations[0]?.requestedBy,
      decisions.derogations[0]?.approvedBy,
    ].filter((id) => typeof id === 'string'),
  )
  if (ids.size === 0) return new Map()
  const { account } = schema
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ id: account.id, name: account.displayName })
      .from(account)
      .where(inArray(account.id, [...ids])),
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

const inForce = (from: Date | null, until: Date, now: Date): boolean =>
  from !== null && from <= now && now < until

type Presented = Pick<RequirementDetail, 'declaration' | 'arbitration' | 'derogation' | 'decisions'>

/** In: the decisions, the names of their authors, now. Out: the latest of each kind, and the flags of the time axis. */
export function presentDecisions(
  { declarations, arbitrations, derogations }: Decisions,
  names: ReadonlyMap<string, string>,
  now: Date,
): Presented {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  const [declared, arbitrated, derogated] = [declarations[0], arbitrations[0], derogations[0]]
  return {
    declaration: declared
      ? {
          verdict: declared.verdict,
          comment: declared.comment,
          author: nameOf(declared.author),
          declaredAt: declared.declaredAt.toISOString(),
          expiresAt: declared.expiresAt.toISOString(),
          inForce: inForce(declared.declaredAt, declared.expiresAt, now),
        }
      : null,
    arbitration: arbitrated
      ? {
          verdict: arbitrated.verdict,
          observedVerdict: arbitrated.observedVerdict,
          reason: arbitrated.reason,
          author: nameOf(arbitrated.author),
          decidedAt: arbitrated.decidedAt.toISOString(),
          expiresAt: arbitrated.expiresAt.toISOString(),
          inForce: inForce(arbitrated.decidedAt, arbitrated.expiresAt, now),
        }
      : null,
    derogation: derogated
      ? {
          id: derogated.id,
          justification: derogated.justification,
          requestedBy: nameOf(derogated.requestedBy),
          requestedAt: derogated.requestedAt.toISOString(),
          approvedBy: nameOf(derogated.approvedBy),
          approvedAt: derogated.approvedAt?.toISOString() ?? null,
          expiresAt: derogated.expiresAt.toISOString(),
          inForce: inForce(derogated.approvedAt, derogated.expiresAt, now),
        }
      : null,
    decisions: flagsOf({ declarations, arbitrations, derogations }),
  }
}

const flagsOf = ({ declarations, arbitrations, derogations }: Decisions): Presented['decisions'] =>
  [
    ...declarations.map((d) => ({ kind: 'declaration' as const, at: d.declaredAt, row: d, text: d.comment })),
    ...arbitrations.map((a) => ({ kind: 'arbitration' as const, at: a.decidedAt, row: a, text: a.reason })),
    ...derogations.map((d) => ({
      kind: 'derogation' as const,
      at: d.approvedAt ?? d.requestedAt,
      row: { expiresAt: d.expiresAt, verdict: null },
      text: d.justification,
    })),
  ]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ kind, at, row, text }) => ({
      kind,
      at: at.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      verdict: row.verdict,
      text,
    }))
