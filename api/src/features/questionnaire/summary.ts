import { schema, type Tx } from '@vigie/db'
import { questionOf, type Degree } from '@vigie/rules'
import { and, asc, eq, gte, inArray } from 'drizzle-orm'
import { knowerLabel } from './knowers.ts'
import type { ReplyRow, Run, RunState } from './run.ts'
import type { Summary } from './schema.ts'

const { statusChange } = schema

type Status = Summary['declared'][number]['now']

/** Status that each requirement had when the run began, for those that moved since. */
async function statusesBefore(
  tx: Tx,
  run: Run,
  requirements: readonly string[],
): Promise<Map<string, Status>> {
  if (requirements.length === 0) return new Map()
  const rows = await tx
    .select({ requirement: statusChange.requirement, from: statusChange.fromStatus })
    .from(statusChange)
    .where(
      and(
        eq(statusChange.uai, run.uai),
        inArray(statusChange.requirement, [...requirements]),
        gte(statusChange.at, run.startedAt),
      ),
    )
    .orderBy(asc(statusChange.at), asc(statusChange.id))
  const before = new Map<string, Status>()
  for (const { requirement, from } of rows) {
    if (!before.has(requirement)) before.set(requirement, from ?? 'unknown')
  }
  return before
}

const asked = ({ requirement }: ReplyRow) => ({
  requirement,
  question: questionOf(requirement)?.question ?? requirement,
})

/** What a run changed, what it contradicts, whom to ask, and what is left for later. Null without a run. */
export async function summaryOf(tx: Tx, state: RunState, degree: Degree): Promise<Summary | null> {
  const { run, statuses } = state
  if (!run) return null
  const rows = [...state.replies.values()].toSorted((a, b) => a.repliedAt.getTime() - b.repliedAt.getTime())
  const decided = rows.filter(({ declarationId }) => declarationId !== null)
  const before = await statusesBefore(
    tx,
    run,
    decided.map(({ requirement }) => requirement),
  )
  const statusNow = (requirement: string): Status => statuses.get(requirement)?.status ?? 'unknown'
  const declared = decided.map((row) => ({
    ...asked(row),
    reply: row.reply,
    before: before.get(row.requirement) ?? statusNow(row.requirement),
    now: statusNow(row.requirement),
  }))
  return {
    declared,
    contradictions: declared
      .filter(({ now }) => now === 'contradiction')
      .map(({ requirement, question, reply }) => ({
        ...{ requirement, question, reply },
        observed: statuses.get(requirement)?.reason ?? '',
      })),
    toAsk: toAsk(
      rows.filter(({ reply }) => reply === 'do_not_know'),
      degree,
    ),
    later: rows.filter(({ reply }) => reply === 'later').map(asked),
  }
}

function toAsk(rows: readonly ReplyRow[], degree: Degree): Summary['toAsk'] {
  const groups = new Map<string, Summary['toAsk'][number]>()
  for (const row of rows) {
    const knows = knowerLabel(questionOf(row.requirement)?.knows ?? 'head', degree)
    const group = groups.get(knows) ?? { knows, questions: [] }
    group.questions.push({ ...asked(row), comment: row.comment ?? '' })
    groups.set(knows, group)
  }
  return [...groups.values()]
}
