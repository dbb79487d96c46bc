import { REQUIREMENTS, evaluateRequirement, type ObservedVerdict, type RequirementId } from '@vigie/rules'

const NOTHING = { evidence: new Map(), failedKeys: new Set<never>() }

/** What observation says of each requirement of an establishment about which nothing was ever received. */
const UNPROVEN: ReadonlyMap<string, ObservedVerdict> = new Map(
  REQUIREMENTS.map(({ id }) => [id, evaluateRequirement(id, NOTHING, 0).observed]),
)

/** In: a requirement. Out: why it is unknown when nothing is stored: what to send, or that a declaration is awaited. */
export const unprovenReason = (requirement: RequirementId): string => UNPROVEN.get(requirement)?.reason ?? ''
