import { formatCount } from '#lib/format.ts'

export interface LifeLeft {
  /** `over`: past; `soon`: within a year; null: later, or unknown. */
  readonly near: 'over' | 'soon' | null
  readonly words: string
}

const monthsBetween = (from: string, to: string): number => {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number)
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay ? 1 : 0)
}

/** In: the last day of a key's life (`YYYY-MM-DD`, null when unknown) and now, ISO 8601. Out: what is left, in words. */
export function lifeLeft(on: string | null, now: string): LifeLeft {
  if (on === null) return { near: null, words: '' }
  const today = now.slice(0, 10)
  if (on < today) return { near: 'over', words: 'dépassée' }
  const months = monthsBetween(today, on)
  if (months >= 12) return { near: null, words: '' }
  return {
    near: 'soon',
    words: months < 1 ? 'dans moins d’un mois' : `dans ${formatCount(months, 'mois', 'mois')}`,
  }
}
