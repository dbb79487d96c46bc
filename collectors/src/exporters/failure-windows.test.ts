import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFailureWindows } from './failure-windows.ts'

const START = Date.parse('2026-11-16T09:00:00Z')
const after = (seconds: number) => new Date(START + seconds * 1_000)

describe('refusals of the holder most refused', () => {
  it('slide out of each window', () => {
    const windows = createFailureWindows()
    for (let second = 0; second < 20; second += 1) windows.refused('a', after(second))
    windows.refused('b', after(20))
    expect(windows.greatest('2m', after(20))).toBe(20)
    expect(windows.greatest('2m', after(145))).toBe(0)
    expect(windows.greatest('10m', after(145))).toBe(20)
    expect(windows.greatest('10m', after(700))).toBe(0)
    expect(windows.tracked).toBe(0)
  })

  it('leave out the logins that are nobody’s, however many', () => {
    const windows = createFailureWindows()
    for (let attempt = 0; attempt < 500; attempt += 1) windows.refused(null, after(0))
    windows.refused('a', after(1))
    expect(windows.greatest('2m', after(1))).toBe(1)
    expect(windows.tracked).toBe(1)
  })

  it('stay bounded under a spray, and keep who is under attack', () => {
    const windows = createFailureWindows(100)
    for (let attempt = 0; attempt < 5_000; attempt += 1) {
      windows.refused(`spray ${attempt}`, after(attempt / 100))
      if (attempt % 50 === 0) windows.refused('target', after(attempt / 100))
    }
    expect(windows.tracked).toBe(100)
    expect(windows.greatest('2m', after(50))).toBe(100)
  })

  it('are those that a plain count finds, to the ten seconds', () => {
    const attempt = fc.record({ gap: fc.nat({ max: 90 }), holder: fc.constantFrom('a', 'b', 'c', null) })
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 80 }), fc.nat({ max: 700 }), (attempts, wait) => {
        const windows = createFailureWindows()
        const seen: { holder: string; second: number }[] = []
        let second = 0
        for (const { gap, holder } of attempts) {
          second += gap
          windows.refused(holder, after(second))
          if (holder !== null) seen.push({ holder, second })
        }
        const now = second + wait
        for (const [window, seconds] of [
          ['10m', 600],
          ['2m', 120],
        ] as const) {
          const oldest = (Math.floor(now / 10) + 1) * 10 - seconds
          const counts = Map.groupBy(
            seen.filter((one) => one.second >= oldest),
            ({ holder }) => holder,
          )
          const most = Math.max(0, ...[...counts.values()].map((own) => own.length))
          expect(windows.greatest(window, after(now))).toBe(most)
        }
      }),
    )
  })
})
