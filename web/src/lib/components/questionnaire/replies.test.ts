import { describe, expect, it } from 'vitest'
import { aboutMinutes, readReply } from './replies.ts'

const formOf = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('the form of a question', () => {
  it('is read with what was typed, trimmed', () => {
    expect(readReply(formOf({ reponse: 'partial', commentaire: ' à moitié ' }))).toEqual({
      reply: 'partial',
      comment: 'à moitié',
    })
  })

  it('lets « plus tard » win over the answer that is ticked', () => {
    expect(readReply(formOf({ reponse: 'partial', 'plus-tard': 'oui' })).reply).toBe('later')
  })

  it('has no answer when none that exists is ticked', () => {
    expect(readReply(formOf({})).reply).toBeNull()
    expect(readReply(formOf({ reponse: 'peut-être' })).reply).toBeNull()
  })
})

describe('the time left', () => {
  it('is told in whole minutes, never none', () => {
    expect([0, 0.25, 1.25, 14].map(aboutMinutes)).toEqual([
      'environ 1\u00a0minute',
      'environ 1\u00a0minute',
      'environ 2\u00a0minutes',
      'environ 14\u00a0minutes',
    ])
  })
})
