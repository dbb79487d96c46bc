import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEY_LIFE, KEY_TRANSITIONS, openTransitions, type KeyActor, type KeyState } from './life.ts'

const STATES = [...new Set(KEY_TRANSITIONS.flatMap((name) => [...KEY_LIFE[name].from, KEY_LIFE[name].to]))]
const EVERYONE: readonly KeyActor[] = ['manager', 'superior', 'assistance', 'holder', 'system']

/** States reached from `start` by any chain of transitions. */
function reachable(start: KeyState): Set<KeyState> {
  const seen = new Set<KeyState>([start])
  const queue = [start]
  for (let state = queue.pop(); state; state = queue.pop()) {
    for (const name of openTransitions(state, EVERYONE)) {
      const { to } = KEY_LIFE[name]
      if (!seen.has(to)) queue.push(to)
      seen.add(to)
    }
  }
  return seen
}

describe('life of a key', () => {
  it('reaches each of its twelve states from the stock', () => {
    expect(STATES).toHaveLength(12)
    expect(reachable('stock')).toEqual(new Set(STATES))
  })

  it('ends when the key is scrapped, and nowhere else', () => {
    for (const state of STATES) {
      expect(openTransitions(state, EVERYONE).length === 0, state).toBe(state === 'scrapped')
    }
  })

  it('can take every key back to the stock or to the scrap', () => {
    for (const state of STATES) expect(reachable(state).has('scrapped'), state).toBe(true)
  })

  it('becomes usable only by activation, resumption or unlocking', () => {
    expect(KEY_TRANSITIONS.filter((name) => KEY_LIFE[name].to === 'active')).toEqual([
      'activate',
      'resume',
      'unlock',
    ])
  })

  it('never comes back to use once it left its holder’s hands', () => {
    for (const state of ['lost', 'stolen', 'broken', 'revoked', 'returned'] as const) {
      const direct = openTransitions(state, EVERYONE).map((name) => KEY_LIFE[name].to)
      expect(direct, state).not.toContain('active')
      expect(direct, state).not.toContain('handed_over')
    }
  })

  it('lets the holder report an incident and nothing else', () => {
    for (const state of STATES) {
      for (const name of openTransitions(state, ['holder'])) expect(name).toMatch(/^report_/)
    }
  })

  it('asks for a call-back before a key is freed or revoked', () => {
    for (const name of ['unlock', 'revoke'] as const) expect(KEY_LIFE[name].needs).toContain('call_back')
  })

  it('stays among its states whatever is asked of it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...KEY_TRANSITIONS), { maxLength: 40 }), (asked) => {
        let state: KeyState = 'stock'
        for (const name of asked) {
          if (openTransitions(state, EVERYONE).includes(name)) state = KEY_LIFE[name].to
          expect(STATES).toContain(state)
        }
      }),
    )
  })
})
