import { CollectionError } from '../../collector.ts'
import { domainSample, type DomainSample } from './domain-sample.ts'
import { nameFilter } from './name-filter.ts'
import { readList } from './restriction-list.ts'

/** Which sites are drawn from which copy of the lists. */
export interface RestrictionLists {
  /** Name that the evidence keeps, « Listes de l’université Toulouse Capitole ». */
  readonly name: string
  /** Folder or `.tar.gz`. */
  readonly path: string
  readonly categories: readonly string[]
  /** Sites drawn in each category. */
  readonly perCategory: number
  readonly seed: string
  /** True when this copy is the very one that the filter reads: its date is the filter's. */
  readonly readByFilter: boolean
  /** An older copy: what was added since tells whether the filter is as recent as `path`. */
  readonly formerPath?: string
}

export interface SampledSite {
  readonly category: string
  readonly domain: string
}

export interface ListSample {
  readonly sites: readonly SampledSite[]
  readonly changedAt: Date
  /** Sites of `path` that the older copy had not, and the date of that copy. */
  readonly additions: { readonly sites: readonly SampledSite[]; readonly since: Date } | null
}

/** Draws the sites to probe. Errors: `CollectionError` when the list cannot be read, or lists what must stay open. */
export async function drawSample(lists: RestrictionLists, signal: AbortSignal): Promise<ListSample> {
  const samples = samplesOf(lists)
  const { changedAt, allowing } = await readList(
    lists.path,
    lists.categories,
    (category, domain) => samples.get(category)?.offer(domain),
    signal,
  )
  if (allowing.length > 0) {
    throw new CollectionError(
      `Les sites de ${allowing.join(', ')} doivent rester ouverts : choisissez des catégories à bloquer.`,
      { retryable: false },
    )
  }
  const sites = sitesOf(samples)
  const empty = lists.categories.filter((category) => !sites.some((site) => site.category === category))
  if (empty.length > 0) {
    throw new CollectionError(`La liste de filtrage est vide pour ${empty.join(', ')}.`, { retryable: false })
  }
  return { sites, changedAt, additions: await drawAdditions(lists, signal) }
}

async function drawAdditions(lists: RestrictionLists, signal: AbortSignal): Promise<ListSample['additions']> {
  const { formerPath } = lists
  if (formerPath === undefined) return null
  const former = nameFilter()
  const { changedAt: since } = await readList(
    formerPath,
    lists.categories,
    (_category, domain) => former.add(domain),
    signal,
  )
  const samples = samplesOf(lists)
  await readList(
    lists.path,
    lists.categories,
    (category, domain) => {
      if (!former.mayHold(domain)) samples.get(category)?.offer(domain)
    },
    signal,
  )
  return { sites: sitesOf(samples), since }
}

const samplesOf = ({ categories, perCategory, seed }: RestrictionLists) =>
  new Map(categories.map((category) => [category, domainSample(perCategory, seed)]))

const sitesOf = (samples: ReadonlyMap<string, DomainSample>): readonly SampledSite[] =>
  [...samples].flatMap(([category, sample]) => sample.names().map((domain) => ({ category, domain })))
