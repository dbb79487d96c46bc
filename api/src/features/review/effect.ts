import type { Status, Verdict } from '@vigie/db/schema'
import { scoreOf, sumPoints } from '@vigie/rules'
import { judge, type Judgement } from '../evaluation/judge.ts'
import type { StoredState } from '../evaluation/stored.ts'
import type { Resolved } from './resolve-cases.ts'
import type { Effect } from './schema.ts'

/** What a decision would add to a stored state; instants are epoch ms. */
export interface Intended extends Resolved {
  readonly reason: string
  /** Null for a refusal, which changes no status. */
  readonly expiresAt: number | null
  /** Newest evidence that is known when it is decided. */
  readonly evidenceAt: number | null
}

interface Standing {
  readonly status: Status
  readonly counted: Verdict
}

/**
 * In: the stored state of each establishment, what would be decided there, the instant (epoch ms). Out: the statuses
 * and scores before and after, by the rules that evaluation runs. Pure.
 */
export function effectOf(states: readonly StoredState[], intended: readonly Intended[], at: number): Effect {
  const byUai = Map.groupBy(intended, ({ row }) => row.uai)
  const told = states.map((state) => {
    const decisions = byUai.get(state.uai) ?? []
    const after = decisions.reduce((held, decision) => withDecision(held, decision, at), state)
    return { state, decisions, before: judge(state, at), after: judge(after, at) }
  })
  const changes = told.flatMap(({ state, decisions, before, after }) =>
    decisions.map(({ row }) => {
      const from = standingAfter(before, state, row.requirement)
      const to = standingAfter(after, state, row.requirement)
      return {
        ...{ uai: row.uai, name: row.name, requirement: row.requirement },
        ...{ from: from.status, to: to.status, countedFrom: from.counted, countedTo: to.counted },
      }
    }),
  )
  return {
    etablissements: told.length,
    moves: movesOf(changes),
    changes,
    scores: told.map(({ state, decisions, before, after }) => ({
      uai: state.uai,
      name: decisions[0]?.row.name ?? state.uai,
      before: before.score,
      after: after.score,
    })),
    before: scoreOf(sumPoints(...told.map(({ before }) => before.points))),
    after: scoreOf(sumPoints(...told.map(({ after }) => after.points))),
  }
}

/** What evaluation would leave of a requirement: what it writes, else what it removes, else what stands. */
function standingAfter(judgement: Judgement, state: StoredState, requirement: string): Standing {
  const written = judgement.upserts.find((row) => row.requirement === requirement)
  if (written) return written
  const kept = judgement.removals.includes(requirement) ? undefined : state.statuses.get(requirement)
  return kept ?? { status: 'unknown', counted: 'unknown' }
}

function withDecision(
  state: StoredState,
  { row, verdict, reason, expiresAt, evidenceAt }: Intended,
  at: number,
): StoredState {
  if (expiresAt === null) return state
  const { requirement } = row
  if (verdict === null) {
    const derogations = new Map(state.derogations).set(requirement, { approvedAt: at, expiresAt })
    return { ...state, derogations }
  }
  const observedVerdict = state.statuses.get(requirement)?.verdict ?? 'unknown'
  const arbitrations = new Map(state.arbitrations).set(requirement, {
    ...{ verdict, reason, observedVerdict, expiresAt, evidenceAt, decidedAt: at },
  })
  return { ...state, arbitrations }
}

function movesOf(changes: Effect['changes']): Effect['moves'] {
  const counts = new Map<string, Effect['moves'][number]>()
  for (const { from, to } of changes) {
    const key = `${from} ${to}`
    counts.set(key, { from, to, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)
}
