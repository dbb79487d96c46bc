import type { Reading } from './refusal.ts'
import type { SampledSite } from './list-sample.ts'

/** Share of the sampled sites that must be blocked: the filter's copy may be a few days older than ours. */
export const BLOCKED_SHARE = 0.8
/** Sites of a category about which something is proven, below which nothing is said of it. */
const ENOUGH = 3

export type Side = 'blocked' | 'passed' | 'unclear'

/** What one way of filtering does of the sampled sites. */
export interface SampleVerdict {
  /** Null when too little is proven. */
  readonly active: boolean | null
  readonly blocked: number
  readonly passed: number
  readonly unclear: number
  /** Categories whose sites pass. */
  readonly open: readonly string[]
}

/** In: a reading. Out: its side. */
export const sideOf = ({ kind }: Reading): Side =>
  kind === 'blocked' || kind === 'passed' ? kind : 'unclear'

/**
 * In: each sampled site with its side. Out: active when, in every category, four sites out of five at least are blocked; a site
 * that is dead counts on no side.
 */
export function judgeSample(sites: readonly { site: SampledSite; side: Side }[]): SampleVerdict {
  const count = (side: Side) => sites.filter((entry) => entry.side === side).length
  const categories = [...Map.groupBy(sites, ({ site }) => site.category)].map(([category, entries]) => {
    const blocked = entries.filter(({ side }) => side === 'blocked').length
    const told = blocked + entries.filter(({ side }) => side === 'passed').length
    return { category, blocked, told, enough: told >= Math.min(ENOUGH, entries.length) && told > 0 }
  })
  const open = categories
    .filter(({ blocked, told, enough }) => enough && blocked / told < BLOCKED_SHARE)
    .map(({ category }) => category)
  const known = categories.length > 0 && categories.every(({ enough }) => enough)
  return {
    active: open.length > 0 ? false : known ? true : null,
    blocked: count('blocked'),
    passed: count('passed'),
    unclear: count('unclear'),
    open,
  }
}

/** What the control sites say: whether anything passes, and whether only what is allowed does. */
export type ControlVerdict = 'open' | 'allowlist_only' | 'nothing_passes' | 'unclear'

/**
 * In: the sides of neutral sites, which nobody lists, and of sites that every school allows. Out: `open` when a neutral one
 * passes; `allowlist_only` when all of the neutral ones are refused and an allowed one passes.
 */
export function judgeControls(neutral: readonly Side[], allowed: readonly Side[]): ControlVerdict {
  if (neutral.includes('passed')) return 'open'
  if (!allowed.includes('passed')) return 'nothing_passes'
  return neutral.length > 0 && neutral.every((side) => side === 'blocked') ? 'allowlist_only' : 'unclear'
}
