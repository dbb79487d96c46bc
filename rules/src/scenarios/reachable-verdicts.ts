import type { Check } from '../check.ts'
import type { DecidedVerdict } from '../verdict.ts'
import { sampleInputs } from './sample-inputs.ts'

/** In: a check. Out: the verdicts that it gives somewhere in the space of its inputs. */
export function reachableVerdicts(check: Check): ReadonlySet<DecidedVerdict> {
  const found = new Set<DecidedVerdict>()
  for (const values of sampleInputs(check)) found.add(check.evaluate(values, 0).verdict)
  return found
}
