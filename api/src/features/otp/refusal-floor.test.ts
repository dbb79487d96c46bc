import { describe, expect, it } from 'vitest'
import { refusingAtOneMoment } from './refusal-floor.ts'

const timed = async (work: () => Promise<boolean>) => {
  const start = performance.now()
  const outcome = await refusingAtOneMoment(work).catch((error: unknown) => error)
  return { outcome, ms: performance.now() - start }
}

describe('the moment of a refusal', () => {
  it('is the same however little the refusal cost', async () => {
    const { outcome, ms } = await timed(() => Promise.resolve(false))
    expect(outcome).toBe(false)
    expect(ms).toBeGreaterThan(6)
  })

  it('does not hold an acceptance back, nor a failure to answer', async () => {
    const accepted = await timed(() => Promise.resolve(true))
    expect(accepted).toMatchObject({ outcome: true })
    expect(accepted.ms).toBeLessThan(6)
    const failed = await timed(() => Promise.reject(new Error('away')))
    expect(failed.outcome).toBeInstanceOf(Error)
    expect(failed.ms).toBeLessThan(6)
  })
})
