import { describe, expect, it } from 'vitest'
import { countedPool } from './counted-pool.ts'

const held = () => {
  let release = () => {}
  const promise = new Promise<void>((resolve) => {
    release = resolve
  })
  return { promise, release }
}

describe('a counted pool', () => {
  it('tells what is in use and what waits, and forgets what ended, even badly', async () => {
    const pool = countedPool('api', 2)
    const gates = [held(), held(), held()]
    const works = gates.map(({ promise }) => pool.run(() => promise))
    expect(pool.figures()).toEqual({ pool: 'api', size: 2, inUse: 2, waiting: 1 })
    gates[0]?.release()
    await works[0]
    expect(pool.figures()).toMatchObject({ inUse: 2, waiting: 0 })
    for (const { release } of gates) release()
    await Promise.all(works)
    await expect(pool.run(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(pool.figures()).toMatchObject({ inUse: 0, waiting: 0 })
  })
})
