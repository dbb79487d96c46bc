import { describe, expect, it } from 'vitest'
import { createUploadSlots } from './upload-slots.ts'

const LIMITS = { atOnce: 2, perPerson: 1, waiting: 2, waitMs: 60 }

describe('the places of uploads', () => {
  it('are few, fewer for one person, and given to who waits as they come back', async () => {
    const slots = createUploadSlots(LIMITS)
    const leaveA = await slots.enter('a')
    const again = slots.enter('a')
    const leaveB = await slots.enter('b')
    const third = slots.enter('c')
    await expect(slots.enter('d')).rejects.toMatchObject({ code: 'unavailable' })
    leaveB()
    const leaveC = await third
    leaveA()
    const leaveAgain = await again
    leaveC()
    leaveAgain()
    leaveAgain()
    await Promise.all([slots.enter('a'), slots.enter('b')])
  })

  it('are not waited for without end, nor by who has gone', async () => {
    const slots = createUploadSlots(LIMITS)
    await slots.enter('a')
    await expect(slots.enter('a')).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 30 })
    const gone = new AbortController()
    const waiting = slots.enter('a', gone.signal)
    gone.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
