import type { Check } from '../check.ts'
import type { RequirementId } from '../requirement.ts'

/** Every automatic check, listed by hand: nothing registers itself. */
export const CHECKS: readonly Check[] = []

const BY_REQUIREMENT: ReadonlyMap<RequirementId, Check> = new Map(
  CHECKS.map((check) => [check.requirement, check]),
)

/** In: a requirement. Out: the check that decides it, undefined when it is manual. */
export const checkFor = (requirement: RequirementId): Check | undefined => BY_REQUIREMENT.get(requirement)

/** In: a requirement. Out: true when a check decides it from evidence. */
export const isAutomatic = (requirement: RequirementId): boolean => BY_REQUIREMENT.has(requirement)
