import { requirementById } from '../catalogue/index.ts'
import type { Degree } from '../requirement.ts'
import { emptyPoints, pointsBy, type RetainedRequirement, type ScorePoints } from '../score.ts'
import type { RetainedStatus } from '../verdict.ts'
import type { Retained } from '../retain.ts'

/** What stood for one requirement when it was frozen. */
export interface FrozenStatus {
  readonly status: RetainedStatus
  readonly counted: Retained['counted']
  readonly basis: Retained['basis']
  /** A derogation was in force. */
  readonly derogated?: true
}

const NOTHING: FrozenStatus = { status: 'unknown', counted: 'unknown', basis: 'none' }

/**
 * In: the requirements of a campaign, the degree, and the statuses that stand; a requirement without one is unknown.
 * Out: the points over those requirements alone.
 */
export function frozenPoints(
  requirements: readonly string[],
  degree: Degree,
  statuses: Readonly<Record<string, FrozenStatus>>,
): ScorePoints {
  const retained = requirements.flatMap((id): RetainedRequirement[] => {
    const requirement = requirementById(id)
    if (!requirement) return []
    const { status, counted, basis, derogated } = statuses[id] ?? NOTHING
    const derogatedUntil = derogated ? 0 : null
    return [
      {
        requirement: requirement.id,
        level: requirement.levels[degree],
        retained: { status, counted, basis, reopened: false, derogatedUntil, fresh: status !== 'unknown' },
      },
    ]
  })
  return pointsBy(['all'], retained, () => 'all').get('all') ?? emptyPoints()
}
