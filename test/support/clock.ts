import type { Clock, Random } from '@vigie/api/context'

/** A clock that stands still until told otherwise. */
export function aClock(
  start = '2026-11-16T09:00:00Z',
): Clock & { set(at: string): void; advance(ms: number): void } {
  let now = new Date(start)
  return {
    now: () => new Date(now),
    set: (at) => {
      now = new Date(at)
    },
    advance: (ms) => {
      now = new Date(now.getTime() + ms)
    },
  }
}

/** Deterministic source of identifiers and bytes: each suite seeds its own. */
export function aRandom(seed = 1): Random {
  let state = seed >>> 0 || 1
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  }
  const bytes = (size: number) => Uint8Array.from({ length: size }, next)
  return {
    bytes,
    uuid: () => {
      const hex = Buffer.from(bytes(16)).toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
  }
}
