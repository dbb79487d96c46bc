import type { EvidenceKey } from '@vigie/rules'
import { CollectionError, type CollectorIo } from '../../collector.ts'
import { failing, type Findings, type Part, type Proven } from '../etablissement/findings.ts'
import type { Pace } from '../etablissement/pace.ts'
import { judgeControls, judgeSample, sideOf, type ControlVerdict } from './filtering-verdict.ts'
import { methodsTold, told, tooLittle, whereOf } from './filtering-wording.ts'
import { ageOf } from './list-age.ts'
import type { ListSample, RestrictionLists } from './list-sample.ts'
import type { Proxy } from './proxy-exchange.ts'
import { probeContent, probeSites, type SiteReadings } from './probe-proxy.ts'
import { probeNames } from './probe-resolver.ts'
import type { BlockSigns } from './refusal.ts'

/** Sites that nobody blocks; a school may allow the second ones only. */
export interface ControlSites {
  readonly neutral: readonly string[]
  readonly allowed: readonly string[]
}

/** How the filtering of one establishment is tried. */
export interface FilteringTarget {
  readonly proxy?: Proxy
  /** Ask inside the tunnels too: for filters that open them. */
  readonly insideTunnels: boolean
  readonly signs: BlockSigns
  /** `http:` addresses of a neutral site that the filter must refuse for a word or their content. */
  readonly content: readonly URL[]
  readonly resolver?: string
  /** Another resolver, that filters nothing: tells a name that is blocked from one that does not exist. */
  readonly referenceResolver?: string
  readonly blockAddresses: ReadonlySet<string>
}

export interface FilteringInput {
  readonly target: FilteringTarget
  readonly lists: RestrictionLists
  readonly controls: ControlSites
  readonly pace: Pace
  /** Drawn once for all establishments. */
  readonly sample: (signal: AbortSignal) => Promise<ListSample>
}

/** Keys that this configuration may prove. */
export const filteringKeys = (
  { proxy }: Pick<FilteringTarget, 'proxy'>,
  lists: Pick<RestrictionLists, 'readByFilter' | 'formerPath'>,
): readonly EvidenceKey[] => [
  'network.filtering_active',
  'network.filtering_methods',
  ...(proxy ? (['network.filtering_allowlist_only'] as const) : []),
  ...(lists.readByFilter || (proxy && lists.formerPath !== undefined)
    ? (['network.filtering_list_age'] as const)
    : []),
]

/** Tries the filtering of one establishment: listed sites must be refused, control sites must pass. */
export const filteringPart = (uai: string, input: FilteringInput): Part => ({
  uai,
  keys: filteringKeys(input.target, input.lists),
  find: (io, signal) => findFiltering(input, io, signal),
})

async function findFiltering(input: FilteringInput, io: CollectorIo, signal: AbortSignal): Promise<Findings> {
  const { target, lists, controls, pace } = input
  const keys = filteringKeys(target, lists)
  const sample = await input.sample(signal)
  const byProxy = target.proxy
    ? await probeSites({ ...target, proxy: target.proxy }, sample.sites, controls, pace, signal)
    : null
  const byName = target.resolver
    ? await probeNames({ ...target, resolver: target.resolver }, sample.sites, controls, pace, signal)
    : null
  if (byProxy === null && byName === null)
    return failing(keys, 'Ni proxy ni résolveur à essayer : indiquez « proxy » ou « resolver ».')
  const control = byProxy ? controlOf(byProxy) : 'open'
  const list = byProxy
    ? judgeSample(byProxy.sites.map(({ site, reading }) => ({ site, side: sideOf(reading) })))
    : null
  const names = byName ? judgeSample(byName) : null
  const judged = list ?? names
  if (!judged) return failing(keys, 'Rien n’a pu être essayé.')
  const where = whereOf(input, sample, byProxy !== null)
  const ignored =
    judged.unclear > 0
      ? [`${judged.unclear} site(s) listé(s) sans réponse qui prouve, sur ${sample.sites.length}`]
      : []
  if (control === 'unclear') {
    return failing(
      keys,
      'Les sites témoins ne répondent pas assez pour juger le filtrage. Choisissez-en d’autres dans « controls ».',
    )
  }
  if (judged.active === null && control === 'open') {
    const untold = keys.filter((key) => key !== 'network.filtering_allowlist_only')
    return { ...failing(untold, tooLittle(judged)), proven: allowlist(input, control, where), ignored }
  }
  const active = control === 'allowlist_only' ? judged.passed === 0 : judged.active === true
  const content =
    target.proxy && control === 'open'
      ? await probeContent({ ...target, proxy: target.proxy }, pace, signal)
      : false
  const methods = [
    control === 'open' && list?.active === true,
    control === 'allowlist_only',
    names?.active === true,
    content,
  ]
  const proven: Proven[] = [
    { key: 'network.filtering_active', value: active, source: `${where}${told(judged)}` },
    {
      key: 'network.filtering_methods',
      value: methods.filter(Boolean).length,
      source: `${where}${methodsTold(methods)}`,
    },
  ]
  proven.push(...allowlist(input, control, where))
  if (active) proven.push(...(await ageOf(input, sample, control, where, io.now(), signal)))
  return { proven, failed: [], ignored }
}

const allowlist = ({ target }: FilteringInput, control: ControlVerdict, source: string): readonly Proven[] =>
  target.proxy
    ? [{ key: 'network.filtering_allowlist_only', value: control === 'allowlist_only', source }]
    : []

function controlOf(readings: SiteReadings): Exclude<ControlVerdict, 'nothing_passes'> {
  const verdict = judgeControls(readings.neutral.map(sideOf), readings.allowed.map(sideOf))
  if (verdict === 'nothing_passes') {
    throw new CollectionError(
      'Rien ne passe par ce proxy, pas même les sites témoins : ce n’est pas la preuve d’un filtrage. Vérifiez l’accès à internet du proxy, et les sites de « controls ».',
      { retryable: false },
    )
  }
  return verdict
}
