/**
 * Attempts of one source that may be under way at once in this process. The failures of a source are counted when they
 * are known: this bounds how many can slip through before the count stops them.
 */
const AT_ONCE = 8

const waiting = new Map<string, { running: number; queue: (() => void)[] }>()

/** Runs `work` when the source has room; others wait their turn. */
export async function throughGate<T>(source: string, work: () => Promise<T>): Promise<T> {
  const gate = waiting.get(source) ?? { running: 0, queue: [] }
  waiting.set(source, gate)
  if (gate.running >= AT_ONCE) await new Promise<void>((resolve) => gate.queue.push(resolve))
  else gate.running += 1
  try {
    return await work()
  } finally {
    const next = gate.queue.shift()
    if (next) next()
    else if ((gate.running -= 1) === 0) waiting.delete(source)
  }
}
