/** One moment of the story: what was observed then is received and evaluated with the clock of that day. */
export interface Step {
  readonly daysAgo: number
  /** The slow observations are made too. */
  readonly monthly: boolean
  /** This half of the heads answers a campaign of declarations. */
  readonly campaign: 'first' | 'second' | null
  /** Inventory agents report: all of them, or those that fall silent before today. */
  readonly inventories: 'none' | 'before_silence' | 'all'
  readonly last: boolean
}

export const EARLIEST_DAYS = 150

export const STEPS: readonly Step[] = [
  { daysAgo: 150, monthly: true, campaign: null, inventories: 'none', last: false },
  { daysAgo: 110, monthly: true, campaign: 'first', inventories: 'none', last: false },
  { daysAgo: 70, monthly: true, campaign: null, inventories: 'none', last: false },
  { daysAgo: 30, monthly: true, campaign: 'second', inventories: 'before_silence', last: false },
  { daysAgo: 8, monthly: false, campaign: null, inventories: 'none', last: false },
  { daysAgo: 0, monthly: true, campaign: null, inventories: 'all', last: true },
]

/** The instant of a step: the story's end at the last one, a working morning before. */
export function instantOf(step: Step, end: Date): Date {
  if (step.daysAgo === 0) return end
  const at = new Date(end.getTime() - step.daysAgo * 86_400_000)
  at.setUTCHours(7, 30, 0, 0)
  return at
}
