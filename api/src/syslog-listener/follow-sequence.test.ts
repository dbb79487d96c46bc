import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  followSequence,
  type Followed,
  type SequencedMessage,
  type SequenceState,
} from './follow-sequence.ts'

const HOUR = 0
const numbered = (...numbers: readonly number[]) => numbers.map((sequence) => ({ sequence, hour: HOUR }))
const sum = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((a, b) => a + b, 0)

/** Follows batches one after the other, as commits do. */
function followAll(batches: readonly (readonly number[])[], fromOne = true) {
  let state: SequenceState | null = null
  const fresh: number[] = []
  let [repeated, missing] = [0, 0]
  for (const batch of batches) {
    const followed: Followed<SequencedMessage> = followSequence(state, fromOne, numbered(...batch))
    state = followed.state
    fresh.push(...followed.fresh.map(({ sequence }) => sequence))
    repeated += sum(followed.repeated)
    missing += sum(followed.missing)
  }
  return { fresh, repeated, missing, state }
}

describe('sequences of emitters', () => {
  it('count each message once, whatever the order, the repetitions and the batches', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 6 }), (batches) => {
        const all = batches.flat()
        const distinct = new Set(all)
        const { fresh, repeated, missing } = followAll(batches)
        expect(fresh.toSorted((a, b) => a - b)).toEqual([...distinct].toSorted((a, b) => a - b))
        expect(repeated).toBe(all.length - distinct.size)
        expect(missing).toBe(Math.max(...all) - distinct.size)
      }),
    )
  })

  it('tell the first gap of a named life, and no gap of an emitter seen for the first time without one', () => {
    expect(followAll([[5]]).missing).toBe(4)
    expect(followAll([[5, 7]], false).missing).toBe(1)
  })

  it('begin again at 1 when the emitter does not name its lives', () => {
    const { fresh, repeated, missing } = followAll(
      [
        [10, 11],
        [1, 2, 3],
      ],
      false,
    )
    expect([fresh, repeated, missing]).toEqual([[10, 11, 1, 2, 3], 0, 0])
  })

  it('take 1 for a message sent again when the emitter names its lives', () => {
    expect(
      followAll([
        [1, 2, 3],
        [1, 2, 4],
      ]),
    ).toMatchObject({ fresh: [1, 2, 3, 4], repeated: 2, missing: 0 })
  })

  it('keep a bounded number of gaps', () => {
    const { state } = followAll([Array.from({ length: 2_000 }, (_, index) => 2 * index + 2)])
    expect(state?.gaps.length).toBe(256)
  })
})
