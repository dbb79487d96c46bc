import type { DecidedVerdict } from '../verdict.ts'
import type { Control } from './framework.ts'

export interface ControlJudgement {
  readonly verdict: DecidedVerdict | 'unknown'
  /** Requirements of the mapping that apply, and how many of them are met. */
  readonly applicable: number
  readonly met: number
}

/**
 * In: a control, and what each CARINE requirement counts for (absent: unknown). Out: what they say of it together:
 * compliant when all that apply are; non compliant when none is even partly; unknown when nothing is known; partial
 * otherwise. A control without any requirement is unknown.
 */
export function judgeControl(
  control: Pick<Control, 'requirements'>,
  counted: (requirement: string) => DecidedVerdict | 'unknown',
): ControlJudgement {
  const verdicts = control.requirements.map(counted)
  const applied = verdicts.filter((verdict) => verdict !== 'not_applicable')
  const met = applied.filter((verdict) => verdict === 'compliant').length
  const figures = { applicable: applied.length, met }
  if (verdicts.length === 0) return { verdict: 'unknown', ...figures }
  if (applied.length === 0) return { verdict: 'not_applicable', ...figures }
  if (met === applied.length) return { verdict: 'compliant', ...figures }
  if (applied.every((verdict) => verdict === 'unknown')) return { verdict: 'unknown', ...figures }
  const somethingHolds = applied.some((verdict) => verdict === 'compliant' || verdict === 'partial')
  return { verdict: somethingHolds ? 'partial' : 'non_compliant', ...figures }
}
