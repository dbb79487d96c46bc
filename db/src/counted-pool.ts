/** One pool of connections, now. The embedded database has a single connection, which both pools share. */
export interface PoolFigures {
  readonly pool: 'api' | 'verification'
  readonly size: number
  readonly inUse: number
  /** Requests beyond what the pool can serve at once. */
  readonly waiting: number
}

export interface CountedPool {
  /** Runs work that asks for one connection of the pool. */
  run<T>(work: () => Promise<T>): Promise<T>
  figures(): PoolFigures
}

/** Counts what is asked of an engine whose driver tells nothing of it. */
export function countedPool(pool: PoolFigures['pool'], size: number): CountedPool {
  let asked = 0
  return {
    run: async (work) => {
      asked += 1
      try {
        return await work()
      } finally {
        asked -= 1
      }
    },
    figures: () => ({ pool, size, inUse: Math.min(asked, size), waiting: Math.max(asked - size, 0) }),
  }
}
