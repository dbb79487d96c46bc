/** What observation says of a requirement. */
export type DecidedVerdict = 'compliant' | 'partial' | 'non_compliant' | 'not_applicable'
export type UnknownReason = 'never_observed' | 'stale' | 'collector_failed'

/** A figure quoted by a verdict: numerator and denominator when it is a share. */
export interface Figure {
  readonly label: string
  readonly value: number | boolean | string
  readonly of?: number
  readonly unit?: string
}

/** Outcome of a check: the verdict, one plain French sentence, and the figures it rests on. */
export interface CheckOutcome {
  readonly verdict: DecidedVerdict
  readonly reason: string
  readonly figures: readonly Figure[]
}

export type ObservedVerdict =
  | (CheckOutcome & { readonly unknownReason?: undefined })
  | {
      readonly verdict: 'unknown'
      readonly unknownReason: UnknownReason
      readonly reason: string
      readonly figures: readonly Figure[]
    }

/** Status that counts, from observation, declaration, arbitration and derogation together. */
export type RetainedStatus =
  'compliant' | 'partial' | 'non_compliant' | 'not_applicable' | 'unknown' | 'contradiction'

/** How the retained status was reached. */
export type Basis = 'observed' | 'declared' | 'confirmed' | 'contradiction' | 'arbitrated' | 'none'
