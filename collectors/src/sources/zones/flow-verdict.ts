/** What probes of one flow gave: null where nothing could be asked. */
export interface FlowReading {
  /** From the zones where it must pass. */
  readonly open: readonly (boolean | null)[]
  /** From the zones where it must fail, by exporters that reach their control target. */
  readonly closed: readonly (boolean | null)[]
}

/**
 * In: readings of flows. Out: false as soon as one that must be closed passes; true when all are surely closed, their target
 * being alive from where it must pass; null when nothing is proven.
 */
export function judgeFlows(flows: readonly FlowReading[]): boolean | null {
  if (flows.some(({ closed }) => closed.includes(true))) return false
  const proven = flows.every(
    ({ open, closed }) =>
      open.includes(true) && closed.length > 0 && closed.every((passes) => passes === false),
  )
  return proven && flows.length > 0 ? true : null
}
