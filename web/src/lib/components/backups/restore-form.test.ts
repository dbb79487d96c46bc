import { describe, expect, it } from 'vitest'
import { NO_TEST, readTest, typedTest } from './restore-form.ts'

const NOW = new Date('2026-11-16T09:40:00Z')
const read = (over: Partial<typeof NO_TEST>) => readTest({ ...NO_TEST, ...over }, NOW)

describe('the form of a restore test', () => {
  it('takes a past day at midday, and today at the hour that has come', () => {
    expect(read({ day: '2026-11-14' }).performedAt).toBe('2026-11-14T12:00:00.000Z')
    expect(read({ day: '2026-11-16' }).performedAt).toBe('2026-11-16T09:00:00.000Z')
  })

  it('hands what is no date or no number over, so that the API refuses it by name', () => {
    expect(read({ day: 'hier' }).performedAt).toBe('hier')
    expect(read({ day: '2026-11-20' }).performedAt).toBe('2026-11-20T12:00:00.000Z')
    expect(read({ minutes: 'douze' }).durationMinutes).toBe(-1)
    expect(read({ minutes: '1 200' }).durationMinutes).toBe(1200)
    expect(read({}).durationMinutes).toBeNull()
  })

  it('writes a comment on one line', () => {
    const form = new FormData()
    form.set('commentaire', 'Deux lignes\r\nici ')
    expect(typedTest(form).comment).toBe('Deux lignes ici')
  })
})
