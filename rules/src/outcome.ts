import type { CheckInput, Fault } from './check.ts'
import { definitionOf } from './evidence.ts'
import type { EvidenceKey } from './evidence.ts'
import type { CheckOutcome, DecidedVerdict, Figure } from './verdict.ts'
import { agree, counted, outOf, typeset } from './wording.ts'

/** In: a verdict, one French sentence, the figures. Out: the outcome, its sentence typeset. */
export const outcome = (
  verdict: DecidedVerdict,
  reason: string,
  figures: readonly Figure[] = [],
): CheckOutcome => ({ verdict, reason: typeset(reason), figures })

const SHOWN_UNITS: ReadonlySet<string> = new Set(['d', 'h', 's', 'By', 'ratio'])

/** In: a key, its value and, for a share, the whole. Out: the figure, labelled as the registry says. */
export function figureOf(key: EvidenceKey, value: Figure['value'], whole?: number): Figure {
  const { label, unit } = definitionOf(key)
  if (whole !== undefined) return { label, value, of: whole }
  return SHOWN_UNITS.has(unit) ? { label, value, unit } : { label, value }
}

/**
 * In: a key whose state is wanted, and the sentence for each case. Out: the evaluation of a check that reads it
 * alone, compliant when the state holds.
 */
export function flagEvaluation<K extends EvidenceKey>(
  key: K,
  sentences: { readonly yes: string; readonly no: string },
): (values: { readonly [P in K]: boolean }) => CheckOutcome {
  const held = outcome('compliant', sentences.yes, [figureOf(key, true)])
  const missing = outcome('non_compliant', sentences.no, [figureOf(key, false)])
  return (values) => (values[key] ? held : missing)
}

/**
 * In: keys, and the sentence that says what is wrong as soon as their values show it (null when they do not). Out: the
 * fault that they prove alone, with their figures.
 */
export const faultWhen = <const K extends EvidenceKey>(
  needs: readonly K[],
  find: (values: CheckInput<K>) => string | null,
): Fault<K> => ({
  needs,
  find: (values) => {
    const sentence = find(values)
    if (sentence === null) return null
    return outcome(
      'non_compliant',
      sentence,
      needs.map((key) => figureOf(key, values[key])),
    )
  },
})

/** Inclusive bounds of what counts as compliant and as partial: minima of a share, maxima of an age. */
export interface Thresholds {
  readonly compliant: number
  readonly partial: number
}

/** Absorbs binary rounding of `whole × floor`, so that 57 of 60 is 95 %. */
const ROUNDING = 1e-9

/** In: a share of a whole above zero, both counts. Out: the verdict, bounds included. */
export function verdictOfShare(part: number, whole: number, floors: Thresholds): DecidedVerdict {
  if (part >= whole * floors.compliant - ROUNDING) return 'compliant'
  return part >= whole * floors.partial - ROUNDING ? 'partial' : 'non_compliant'
}

/** In: a value to keep low (age, saturation). Out: the verdict, bounds included. */
export function verdictOfCeiling(value: number, ceilings: Thresholds): DecidedVerdict {
  if (value <= ceilings.compliant) return 'compliant'
  return value <= ceilings.partial ? 'partial' : 'non_compliant'
}

/** Singular and plural of the same words. */
type Forms = readonly [singular: string, plural: string]

export interface ShareCase {
  /** Key of the numerator: names the figure. */
  readonly key: EvidenceKey
  readonly part: number
  readonly whole: number
  readonly floors: Thresholds
  readonly noun: Forms
  /** What is true of the part: « a un pare-feu », « ont un pare-feu ». */
  readonly predicate: Forms
  /** What is left to do, said when the share is not compliant: « poste à équiper ». */
  readonly left: Forms
  /** Sentence when the whole is zero. */
  readonly empty: string
}

/** In: a share and its words. Out: the verdict with its figures, not applicable when the whole is zero. */
export function shareOutcome({
  key,
  part,
  whole,
  floors,
  noun,
  predicate,
  left,
  empty,
}: ShareCase): CheckOutcome {
  const figures = [figureOf(key, part, whole)]
  if (whole === 0) return outcome('not_applicable', empty, figures)
  const verdict = verdictOfShare(part, whole, floors)
  const fact = `${outOf(part, whole, ...noun)} ${agree(part, ...predicate)}`
  const rest = verdict === 'compliant' ? '' : ` ; reste ${counted(whole - part, ...left)}`
  return outcome(verdict, `${fact}${rest}.`, figures)
}
