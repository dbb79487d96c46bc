import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retain } from '../retain.ts'
import { knownToAnswer, placeAnswer, type ArrivingAnswer, type GivenAnswer } from './answers.ts'

const VERDICTS = ['compliant', 'partial', 'non_compliant', 'not_applicable'] as const
const verdict = fc.constantFrom(...VERDICTS)
const given = fc.record({ id: fc.uuid(), verdict, comment: fc.constantFrom('', 'vu', 'pas vu') })
const arriving = fc.record({
  id: fc.uuid(),
  verdict,
  comment: fc.constantFrom('', 'vu', 'pas vu'),
  basedOn: fc.option(fc.uuid()),
})

describe('placeAnswer', () => {
  it('lets the first answer, and one given in view of the standing one, take the place', () => {
    fc.assert(
      fc.property(given, arriving, (standing, answer) => {
        expect(placeAnswer(null, answer)).toBe('stands')
        expect(placeAnswer(standing, { ...answer, basedOn: standing.id })).toBe('stands')
      }),
    )
  })

  it('never replaces another answer that was not in view, unless both say the same', () => {
    fc.assert(
      fc.property(given, arriving, (standing, answer) => {
        fc.pre(answer.basedOn !== standing.id)
        const same = standing.verdict === answer.verdict && standing.comment === answer.comment
        expect(placeAnswer(standing, answer)).toBe(same ? 'stands' : 'conflict')
      }),
    )
  })

  it('loses nothing: of two tablets that answer in any order, both answers stand or one waits for a choice', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ tablet: fc.nat(1), verdict }), { maxLength: 20 }), (acts) => {
        let standing: GivenAnswer | null = null
        const seen: (string | null)[] = [null, null]
        let waiting = 0
        let stood = 0
        acts.forEach((act, index) => {
          const answer: ArrivingAnswer = {
            id: String(index),
            verdict: act.verdict,
            comment: '',
            basedOn: seen[act.tablet] ?? null,
          }
          if (placeAnswer(standing, answer) === 'stands') {
            standing = answer
            stood += 1
          } else waiting += 1
          seen[act.tablet] = answer.id
        })
        expect(stood + waiting).toBe(acts.length)
        if (acts.length > 0) expect(standing).not.toBeNull()
      }),
    )
  })
})

describe('knownToAnswer', () => {
  const HOUR = 3_600_000

  it('lets evidence that came after the officer looked, and says otherwise, reopen the decision at once', () => {
    fc.assert(
      fc.property(verdict, verdict, fc.integer({ min: -48, max: 48 }), (answered, observed, hours) => {
        const answeredAt = 100 * HOUR
        const evidenceAt = answeredAt + hours * HOUR
        const known = knownToAnswer({ verdict: answered, answeredAt, observedVerdict: observed, evidenceAt })
        const at = 200 * HOUR
        const { basis, reopened } = retain({
          level: 'E',
          observed: { verdict: observed, reason: '', figures: [] },
          evidenceAt,
          arbitration: { verdict: answered, reason: '', decidedAt: at, expiresAt: at + HOUR, ...known },
          at,
        })
        expect(reopened).toBe(hours > 0 && observed !== answered)
        if (!reopened) expect(basis).toBe('arbitrated')
      }),
    )
  })
})
