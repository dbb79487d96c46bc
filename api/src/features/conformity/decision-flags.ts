import type { Author } from './authors.ts'
import type { Decisions } from './decisions.ts'
import type { RequirementDetail } from './requirement-schema.ts'

type Flag = RequirementDetail['decisions'][number]
type Authors = ReadonlyMap<string, Author>

const earlier = (a: Date, b: Date | null): Date => (b !== null && b < a ? b : a)

/** In: the decisions, their authors, now. Out: the intervals of the time axis, newest first. */
export function flagsOf(decisions: Decisions, authors: Authors, now: Date): Flag[] {
  const by = (id: string | null) => (id === null ? null : (authors.get(id)?.name ?? null))
  const flags = [
    ...decisions.declarations.map((row) => ({
      ...{ kind: 'declaration' as const, at: row.declaredAt, verdict: row.verdict, text: row.comment },
      until: earlier(row.expiresAt, row.withdrawnAt),
      state: row.withdrawnAt ? ('withdrawn' as const) : null,
      by: by(row.author),
    })),
    ...decisions.arbitrations.map((row) => ({
      ...{ kind: 'arbitration' as const, at: row.decidedAt, verdict: row.verdict, text: row.reason },
      until: earlier(row.expiresAt, row.withdrawnAt),
      state: row.withdrawnAt ? ('withdrawn' as const) : null,
      by: by(row.author),
    })),
    ...decisions.derogations.map((row) => derogationFlag(row, by, now)),
    ...decisions.disputes.map((row) => ({
      ...{ kind: 'dispute' as const, at: row.openedAt, verdict: null, text: row.reason },
      until: row.decidedAt ?? now,
      state: row.decision ?? ('pending' as const),
      by: by(row.openedBy),
    })),
  ]
  return flags
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ at, until, ...flag }) => ({ ...flag, at: at.toISOString(), expiresAt: until.toISOString() }))
}

/** A request runs until its answer; a derogation from its approval until it ends. */
function derogationFlag(
  row: Decisions['derogations'][number],
  by: (id: string | null) => string | null,
  now: Date,
) {
  const common = { kind: 'derogation' as const, verdict: null, text: row.justification }
  if (row.approvedAt)
    return {
      ...{ ...common, at: row.approvedAt, until: earlier(row.expiresAt, row.withdrawnAt) },
      ...{ state: row.withdrawnAt ? ('withdrawn' as const) : null, by: by(row.approvedBy) },
    }
  return {
    ...{ ...common, at: row.requestedAt, until: row.refusedAt ?? row.withdrawnAt ?? now },
    state: row.refusedAt
      ? ('refused' as const)
      : row.withdrawnAt
        ? ('withdrawn' as const)
        : ('pending' as const),
    by: by(row.requestedBy),
  }
}
