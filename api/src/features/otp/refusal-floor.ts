/** Milliseconds a refusal takes at least: some three times what it costs, far less than a person notices. */
const FLOOR_MS = 8

/**
 * Runs `work`, which answers whether it accepts. A refusal leaves at one moment, set when the request came: the few
 * microseconds by which one refusal costs more than another do not show. An acceptance leaves at once.
 */
export async function refusingAtOneMoment(work: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const moment = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FLOOR_MS)
  })
  try {
    const accepted = await work()
    if (!accepted) await moment
    return accepted
  } finally {
    clearTimeout(timer)
  }
}
