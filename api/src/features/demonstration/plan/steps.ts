/** One moment of the story: what was observed then is received and evaluated with the clock of that day. */
export interface Step {
  readonly daysAgo: number
  /** The slow observations are made too. */
  readonly monthly: boolean
  /** Inventory agents report. */
  readonly inventories: 'none' | 'first' | 'all'
  readonly last: boolean
}

export const EARLIEST_DAYS = 150

export const STEPS: readonly Step[] = [
  { daysAgo: 150, monthly: true, inventories: 'none', last: false },
  { daysAgo: 120, monthly: true, inventories: 'none', last: false },
  { daysAgo: 90, monthly: true, inventories: 'none', last: false },
  { daysAgo: 60, monthly: true, inventories: 'none', last: false },
  { daysAgo: 30, monthly: true, inventories: 'first', last: false },
  { daysAgo: 8, monthly: false, inventories: 'none', last: false },
  { daysAgo: 0, monthly: true, inventories: 'all', last: true },
]

/** The instant of a step: the story's end at the last one, a working morning before. */
export function instantOf(step: Step, end: Date): Date {
  if (step.daysAgo === 0) return end
  const at = new Date(end.getTime() - step.daysAgo * 86_400_000)
  at.setUTCHours(7, 30, 0, 0)
  return at
}
