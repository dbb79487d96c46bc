import {
  actorTitle,
  HOLDER_FUNCTION_LABELS,
  localDay,
  nextStep,
  PROCEDURES,
  timeZoneOf,
  type StepRule,
} from '@vigie/rules'
import type { HolderRow } from '../keys/key-row.ts'
import { personOf, type Situation } from './facts.ts'
import type { ProcedureSummary } from './schema.ts'

export const personView = (holder: HolderRow) => ({
  id: holder.id,
  displayName: holder.displayName,
  login: holder.login,
  function: holder.holderFunction,
  functionLabel: HOLDER_FUNCTION_LABELS[holder.holderFunction],
})

/** Whom a step is about: their superior and their manager are who may act. */
export function subjectOf({ procedure, holder, other }: Situation, rule: StepRule): HolderRow | null {
  const side = 'everyLeaving' in rule.proof ? 'leaving' : 'someArriving' in rule.proof ? 'arriving' : null
  return side !== null && personOf(procedure, side) === other?.id ? other : holder
}

/** One line of a list of cases; null when its holder is outside the caller's perimeters. */
export function summarise(situation: Situation, now: Date): ProcedureSummary | null {
  const { procedure, holder, other } = situation
  if (holder === null) return null
  const next = procedure.closedAt === null ? nextStep(procedure.kind, situation) : null
  const today = localDay(now, timeZoneOf(holder.academie))
  const overdue = procedure.closedAt === null && procedure.dueOn !== null && procedure.dueOn < today
  const outcomeLabel = { done: 'Terminé', cancelled: 'Annulé' }
  return {
    id: procedure.id,
    kind: procedure.kind,
    kindLabel: PROCEDURES[procedure.kind].label,
    holder: personView(holder),
    otherHolder: other && personView(other),
    reason: procedure.reason,
    openedAt: procedure.openedAt.toISOString(),
    dueOn: procedure.dueOn,
    overdue,
    closedAt: procedure.closedAt?.toISOString() ?? null,
    outcome: procedure.outcome,
    outcomeLabel: procedure.outcome ? outcomeLabel[procedure.outcome] : overdue ? 'En retard' : 'En cours',
    next: next && {
      step: next.step,
      label: next.label,
      who: next.by,
      whoLabel: actorTitle(next.by, (subjectOf(situation, next) ?? holder).holderFunction),
    },
  }
}
