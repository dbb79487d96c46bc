import type { EvidenceKey, EvidenceValue } from '../evidence.ts'
import type { RequirementId } from '../requirement.ts'
import type { DecidedVerdict } from '../verdict.ts'

export type Values = Readonly<Partial<Record<EvidenceKey, EvidenceValue>>>

/** The values of a check’s keys when all is well, and what differs when the verdict is another one. */
export type Scenarios = Readonly<Record<'compliant' | 'non_compliant', Values>> &
  Readonly<Partial<Record<Exclude<DecidedVerdict, 'compliant' | 'non_compliant'>, Values>>>

export type ServiceScenarios = Readonly<Partial<Record<RequirementId, Scenarios>>>
