import type { Check, CheckInput } from '../check.ts'
import { definitionOf } from '../evidence.ts'
import type { EvidenceKey, EvidenceValue } from '../evidence.ts'

/** Every whole a threshold may be about: nothing, one, a few, a class, a school, a year, and beyond. */
const QUANTITIES = [0, 1, 2, 5, 8, 10, 12, 20, 24, 30, 36, 49, 60, 90, 100, 120, 170, 200, 366, 700, 2_000]
const RATIOS = [0, 0.03, 0.05, 0.1, 0.12, 0.3, 0.5, 0.6, 0.7, 0.85, 0.9, 0.95, 0.98, 0.99, 1]
const FLAGS = [true, false]
const DRAWS = 20_000

const domainOf = (key: EvidenceKey): readonly EvidenceValue[] => {
  const { type, unit } = definitionOf(key)
  if (type === 'boolean') return FLAGS
  return unit === 'ratio' ? RATIOS : QUANTITIES
}

/** In: a seed. Out: the same draws on every run. */
function draws(seed: number): (choices: number) => number {
  let state = seed
  return (choices) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * choices)
  }
}

/**
 * In: a check. Out: inputs of every kind, the same on every run: its whole space when it is small enough, otherwise as
 * many draws. Another sample is another digest for every rule.
 */
export function* sampleInputs(check: Check): Generator<CheckInput<EvidenceKey>> {
  const domains = check.needs.map(domainOf)
  const size = domains.reduce((product, { length }) => product * length, 1)
  const whole = size <= DRAWS
  const draw = draws(check.needs.length)
  for (let turn = 0; turn < Math.min(size, DRAWS); turn += 1) {
    let rest = turn
    const values = Object.fromEntries(
      check.needs.map((key, position) => {
        const domain = domains[position] ?? []
        const index = whole ? rest % domain.length : draw(domain.length)
        rest = Math.floor(rest / domain.length)
        return [key, domain[index]]
      }),
    ) as CheckInput<EvidenceKey>
    if ((check.bounded ?? []).every(([part, all]) => values[part] <= values[all])) yield values
  }
}
