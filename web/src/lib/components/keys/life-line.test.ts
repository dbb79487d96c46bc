import { describe, expect, it } from 'vitest'
import type { KeyState } from './key-view.ts'
import { lifeLine, STAGES } from './life-line.ts'

/** History of the moves through these states, one a day, newest first. */
const lived = (...states: KeyState[]) => {
  const history = states
    .map((to, day) => ({
      from: states[day - 1] ?? null,
      to,
      at: `2026-09-${String(day + 1).padStart(2, '0')}T08:00:00.000Z`,
    }))
    .toReversed()
  return {
    state: states.at(-1) ?? 'stock',
    stateSince: history[0]?.at ?? '',
    importedAt: '2026-08-01T08:00:00.000Z',
    history,
  }
}

const at = (day: number) => `2026-09-0${day}T08:00:00.000Z`

describe('lifeLine', () => {
  it('always shows the five stages, in order', () =>
    expect(lifeLine(lived('stock')).map(({ stage }) => stage)).toEqual(STAGES))

  it('dates the stages that were reached and marks where the key stands', () => {
    const line = lifeLine(lived('stock', 'initialised', 'handed_over', 'active'))
    expect(line.map((stage) => stage.at)).toEqual([at(1), at(2), at(3), at(4), null])
    expect(line.filter(({ current }) => current).map(({ stage }) => stage)).toEqual(['active'])
  })

  it('keeps the first activation when the key was paused since', () => {
    const line = lifeLine(lived('stock', 'initialised', 'handed_over', 'active', 'paused', 'active'))
    const active = line.find(({ stage }) => stage === 'active')
    expect(active?.at).toBe(at(4))
    expect(active?.aside).toEqual([{ state: 'paused', at: at(5), current: false }])
  })

  it('hangs a loss where the key left the road, and says that it stands there', () => {
    const line = lifeLine(lived('stock', 'initialised', 'handed_over', 'lost', 'revoked'))
    expect(line.find(({ stage }) => stage === 'handed_over')?.aside).toEqual([
      { state: 'revoked', at: at(5), current: true },
      { state: 'lost', at: at(4), current: false },
    ])
    expect(line.some(({ current }) => current)).toBe(false)
  })

  it('starts again when the key goes back to the stock', () => {
    const line = lifeLine(lived('stock', 'initialised', 'handed_over', 'active', 'returned', 'stock'))
    expect(line.map((stage) => stage.at)).toEqual([at(6), null, null, null, null])
  })

  it('ends with the state in which the key left', () => {
    const line = lifeLine(lived('stock', 'scrapped'))
    expect(line.at(-1)).toMatchObject({ state: 'scrapped', at: at(2), current: true })
  })

  it('forgets a hand-over that was undone', () => {
    const line = lifeLine(lived('stock', 'initialised', 'handed_over', 'initialised'))
    expect(line.map((stage) => stage.at)).toEqual([at(1), at(4), null, null, null])
  })
})
