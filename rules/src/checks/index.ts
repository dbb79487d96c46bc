import type { Check } from '../check.ts'

/** Every automatic check, listed by hand: nothing registers itself. */
export const CHECKS: readonly Check[] = []
