import {
  planQuestionnaire,
  questionOf,
  themeOf,
  type Degree,
  type QuestionnairePlan,
  type RequirementId,
} from '@vigie/rules'
import { requirementById } from '@vigie/rules'
import { knowerLabel } from './knowers.ts'
import { statementOf, type RunState } from './run.ts'
import type { Step } from './schema.ts'

export interface PlannedRun {
  readonly plan: QuestionnairePlan
  readonly steps: readonly Step[]
  readonly replied: number
  readonly minutesLeft: number
}

/** In: what a run is planned from. Out: its questions in their order, with what was replied; a closed run is over. */
export function planRun(state: RunState, degree: Degree, now: Date): PlannedRun {
  const { run, standings } = state
  const plan = planQuestionnaire(standings, {
    at: now.getTime(),
    withOptional: run?.closedAt === null && run.withOptional,
  })
  const steps = plan.steps.map((step) => presentStep(state, degree, step))
  return {
    plan,
    steps,
    replied: steps.filter((step) => !isOpen(step)).length,
    minutesLeft: steps.filter(isOpen).reduce((sum, { minutes }) => sum + minutes, 0),
  }
}

/** Without a reply, or kept for later. */
export const isOpen = ({ reply }: Step): boolean => reply === null || reply.reply === 'later'

/** In: one question, and how it is planned. Out: all that its page shows. */
export function presentStep(
  { run, replies, declared }: RunState,
  degree: Degree,
  step: Pick<QuestionnairePlan['steps'][number], 'requirement' | 'level' | 'kind' | 'minutes'>,
): Step {
  const { requirement, level, kind, minutes } = step
  const question = questionOf(requirement)
  const theme = themeOf(requirement)
  const standing = declared.get(requirement)
  const replied = run?.closedAt === null ? replies.get(requirement) : undefined
  return {
    ...{ requirement, level, kind, minutes },
    question: question?.question ?? statementOf(requirement),
    help: question?.help ?? '',
    proof: question?.proof ?? '',
    statement: statementOf(requirement),
    theme: { id: theme.id, title: theme.title },
    knows: knowerLabel(question?.knows ?? 'head', degree),
    reply: replied
      ? { reply: replied.reply, comment: replied.comment ?? '', repliedAt: replied.repliedAt.toISOString() }
      : null,
    declared: standing
      ? {
          verdict: standing.verdict,
          comment: standing.comment,
          declaredAt: standing.declaredAt.toISOString(),
          expiresAt: standing.expiresAt.toISOString(),
        }
      : null,
  }
}

/** A question outside of the plan: declared lately, or postponed. Out: the same page, without a rank. */
export function lonelyStep(state: RunState, degree: Degree, requirement: RequirementId): Step {
  const level = requirementById(requirement)?.levels[degree] ?? 'F'
  const kind = state.declared.has(requirement) ? 'confirm' : 'ask'
  return presentStep(state, degree, {
    requirement,
    level,
    kind,
    minutes: questionOf(requirement)?.minutes ?? 0.5,
  })
}

/**
 * In: the questions, and the one just left. Out: the next without a reply, after it then from the start; then those
 * kept for later; null when all are done.
 */
export function nextOf(steps: readonly Step[], from?: string): string | null {
  const at = steps.findIndex(({ requirement }) => requirement === from)
  const inTurn = [...steps.slice(at + 1), ...steps.slice(0, Math.max(at, 0))]
  const unseen = inTurn.find(({ reply }) => reply === null)
  const kept = inTurn.find(({ reply }) => reply?.reply === 'later')
  return (unseen ?? kept)?.requirement ?? null
}
