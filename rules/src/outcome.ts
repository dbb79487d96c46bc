import type { CheckOutcome, DecidedVerdict, Figure } from './verdict.ts'
import { typeset } from './wording.ts'

/** In: a verdict, one French sentence, the figures. Out: the outcome, its sentence typeset. */
export const outcome = (
  verdict: DecidedVerdict,
  reason: string,
  figures: readonly Figure[] = [],
): CheckOutcome => ({ verdict, reason: typeset(reason), figures })

/** In: a state that is wanted, and the sentence for each case. Out: compliant when it holds. */
export const flagOutcome = (
  holds: boolean,
  label: string,
  sentences: { readonly yes: string; readonly no: string },
): CheckOutcome =>
  outcome(holds ? 'compliant' : 'non_compliant', holds ? sentences.yes : sentences.no, [
    { label, value: holds },
  ])

/** Smallest shares (0 to 1) that count as compliant and as partial. */
export interface ShareThresholds {
  readonly compliant: number
  readonly partial: number
}

/** In: a part and a whole above zero. Out: the verdict, bounds included. */
export function verdictOfShare(part: number, whole: number, thresholds: ShareThresholds): DecidedVerdict {
  if (part >= whole * thresholds.compliant) return 'compliant'
  return part >= whole * thresholds.partial ? 'partial' : 'non_compliant'
}

/** Largest values that count as compliant and as partial. */
export interface CeilingThresholds {
  readonly compliant: number
  readonly partial: number
}

/** In: a value to keep low (age, saturation). Out: the verdict, bounds included. */
export function verdictOfCeiling(value: number, thresholds: CeilingThresholds): DecidedVerdict {
  if (value <= thresholds.compliant) return 'compliant'
  return value <= thresholds.partial ? 'partial' : 'non_compliant'
}

/** Figure of a share, numerator and denominator apart. */
export const share = (label: string, part: number, whole: number): Figure => ({
  label,
  value: part,
  of: whole,
})
