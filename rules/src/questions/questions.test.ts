import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from '../catalogue/index.ts'
import { QUESTIONS, questionOf } from './index.ts'

describe('the questions', () => {
  it('put every requirement once, in the order of the catalogue', () => {
    expect(QUESTIONS.map(({ requirement }) => requirement)).toEqual(REQUIREMENTS.map(({ id }) => id))
  })

  it('are typeset French sentences that end as questions', () => {
    for (const { question, help, proof } of QUESTIONS) {
      expect(question).toMatch(/^[A-ZÀ-Ý].*\u00a0\?$/)
      for (const text of [question, help, proof]) expect(text).not.toMatch(/ [:;!?»]|« |'| {2}/)
      expect(help).toMatch(/\.$/)
      expect(proof).toMatch(/^[A-ZÀ-Ý].*\.$/)
    }
  })

  it('never ask the same thing twice', () => {
    expect(new Set(QUESTIONS.map(({ question }) => question)).size).toBe(QUESTIONS.length)
  })

  it('are found by requirement', () => {
    expect(questionOf('MCO-SVG-8')?.knows).toBe('referent')
    expect(questionOf('MCO-SVG-99')).toBeUndefined()
  })
})
