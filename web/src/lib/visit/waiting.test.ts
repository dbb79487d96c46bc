import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acknowledged,
  keepGiven,
  newestOf,
  patienceFor,
  sendingStateOf,
  settleSent,
  toSend,
  type StandingAnswer,
  type WaitingAnswer,
} from './waiting.ts'

const freshAt = (order: number) => ({
  id: `id-${order}`,
  order,
  answeredAt: '2026-11-16T09:00:00Z',
  account: 'a',
  visit: 'v',
})
const shown: StandingAnswer = {
  id: 'known',
  verdict: 'partial',
  comment: 'vu',
  answeredAt: '2026-11-16T08:00:00Z',
  answeredBy: { id: 'b', name: 'Une collègue' },
}
const given = (verdict: WaitingAnswer['verdict'], comment = '') => ({
  requirement: 'MCO-SVG-1',
  verdict,
  comment,
})
const put = (waiting: readonly WaitingAnswer[], kept: WaitingAnswer | null) =>
  kept ? [...waiting.filter(({ id }) => id !== kept.id), kept] : [...waiting]

describe('a sending', () => {
  it('is waited for as long as a slow network needs for its photos', () => {
    expect(patienceFor(2_000)).toBeLessThan(25_000)
    expect(patienceFor(1_500_000)).toBeGreaterThan((1_500_000 / 8_000) * 1_000)
  })
})

describe('what a tablet keeps', () => {
  it('is based on the answer in view, and changed in place while it never left', () => {
    const first = keepGiven([], shown, given('compliant'), freshAt(1))
    expect(first).toMatchObject({ id: 'id-1', basedOn: 'known', verdict: 'compliant' })
    const second = keepGiven([first!], shown, given('compliant', 'rapport'), freshAt(2))
    expect(second).toMatchObject({ id: 'id-1', comment: 'rapport' })
  })

  it('is followed by another once it left, even if no answer came back', () => {
    const left = { ...keepGiven([], null, given('compliant'), freshAt(1))!, attempted: true }
    expect(keepGiven([left], null, given('non_compliant'), freshAt(2))).toMatchObject({
      id: 'id-2',
      basedOn: 'id-1',
    })
  })

  it('follows it even when the clock of the tablet was set back meanwhile', () => {
    const left = { ...keepGiven([], null, given('compliant'), freshAt(9))!, attempted: true }
    const next = keepGiven([left], null, given('non_compliant'), freshAt(2))!
    expect(newestOf([left, next], 'MCO-SVG-1')).toMatchObject({ id: 'id-2', basedOn: 'id-9' })
    expect(toSend([next, left]).map(({ id }) => id)).toEqual(['id-9', 'id-2'])
  })

  it('is nothing when nothing changed', () => {
    expect(keepGiven([], shown, given('partial', ' vu '), freshAt(1))).toBeNull()
    expect(keepGiven([], null, given(null, ' '), freshAt(1))).toBeNull()
  })

  it('does not leave before a verdict is chosen, and is not lost meanwhile', () => {
    const draft = keepGiven([], null, given(null, 'à revoir'), freshAt(1))!
    expect(toSend([draft])).toEqual([])
    expect(sendingStateOf([draft], 'MCO-SVG-1', { answer: null, conflicts: 0 })).toBe('incomplete')
  })

  it('is forgotten only when the server said what became of it, and never when it refused', () => {
    const kept = keepGiven([], null, given('compliant'), freshAt(1))!
    const [refused] = settleSent([kept], [{ id: 'id-1', outcome: 'refused', reason: 'La visite est close.' }])
    expect(acknowledged([refused!])).toEqual([])
    expect(sendingStateOf([refused!], 'MCO-SVG-1', { answer: null, conflicts: 0 })).toBe('refused')
    const [stands] = settleSent([kept], [{ id: 'id-1', outcome: 'standing', reason: null }])
    expect(acknowledged([stands!])).toHaveLength(1)
    expect(sendingStateOf([stands!], 'MCO-SVG-1', { answer: null, conflicts: 0 })).toBe('sent')
  })

  it('chains every answer of a requirement from the first to the last, whatever leaves when', () => {
    const act = fc.record({
      verdict: fc.constantFrom('compliant', 'partial', 'non_compliant', 'not_applicable'),
      comment: fc.constantFrom('', 'vu'),
      leaves: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let waiting: WaitingAnswer[] = []
        acts.forEach(({ verdict, comment, leaves }, index) => {
          waiting = put(waiting, keepGiven(waiting, shown, { ...given(verdict), comment }, freshAt(index)))
          if (leaves) waiting = waiting.map((item) => ({ ...item, attempted: true }))
          const newest = newestOf(waiting, 'MCO-SVG-1') ?? shown
          expect([newest.verdict, newest.comment]).toEqual([verdict, comment])
        })
        const ordered = waiting.toSorted((a, b) => a.order - b.order)
        ordered.forEach((item, index) => expect(item.basedOn).toBe(ordered[index - 1]?.id ?? 'known'))
      }),
    )
  })
})
