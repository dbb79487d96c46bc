import { defineCollector, type CollectedEvidence } from '../../collector.ts'
import { accessPart, type AccessInput } from '../access/access.ts'
import { administrationPart, type AdministrationInput } from '../access/administration.ts'
import { certificatesPart, type TlsService } from '../certificates/certificates.ts'
import type { Part } from '../etablissement/findings.ts'
import { collectParts, type Pace } from '../etablissement/pace.ts'
import { filteringPart, type ControlSites, type FilteringTarget } from '../filtering/filtering.ts'
import { drawSample, type ListSample, type RestrictionLists } from '../filtering/list-sample.ts'
import { wifiPart, type WifiInput } from '../wifi/wifi.ts'
import { zonesPart, type Flow, type ZoneExporter } from '../zones/zones.ts'

/** What is asked of the network of one establishment; each part is left out when it is not described. */
export interface NetworkTarget {
  readonly uai: string
  readonly filtering?: FilteringTarget
  readonly zones?: { readonly exporters: readonly ZoneExporter[]; readonly flows: readonly Flow[] }
  readonly certificates?: readonly TlsService[]
  readonly wifi?: Omit<WifiInput, 'pace'>
  readonly access?: Omit<AccessInput, 'pace'>
  readonly administration?: Omit<AdministrationInput, 'pace'>
}

export interface NetworkConfig {
  readonly targets: readonly NetworkTarget[]
  /** Where there is a filtering to try. */
  readonly lists?: RestrictionLists
  readonly controls: ControlSites
  /** PEM. */
  readonly ca?: string
  readonly pace: Pace
}

/** Tries the network of establishments from where Vigie stands: filtering, zones, certificates, Wi-Fi, access of machines. */
export const network = defineCollector<NetworkConfig>({
  name: 'network',
  help: 'Essaie le réseau des établissements : filtrage, zones, certificats, Wi-Fi, accès des machines.',
  keys: (config) => [...new Set(partsOf(config).flatMap(({ keys }) => keys))],
  collect: async (config, io, signal) => {
    const collected = await collectParts(partsOf(config), config.pace, io, signal)
    return { ...collected, evidence: oneEach(collected.evidence) }
  },
})

function partsOf({ targets, lists, controls, ca, pace }: NetworkConfig): readonly Part[] {
  let drawn: Promise<ListSample> | undefined
  const sample = (signal: AbortSignal) => {
    if (!lists) throw new Error('A filtering is tried with lists.')
    return (drawn ??= drawSample(lists, signal))
  }
  return targets.flatMap(({ uai, filtering, zones, certificates, wifi, access, administration }): Part[] => [
    ...(filtering && lists ? [filteringPart(uai, { target: filtering, lists, controls, pace, sample })] : []),
    ...(zones ? [zonesPart(uai, { ...zones, pace })] : []),
    ...(certificates
      ? [certificatesPart(uai, { services: certificates, ...(ca === undefined ? {} : { ca }), pace })]
      : []),
    ...(wifi ? [wifiPart(uai, { ...wifi, pace })] : []),
    ...(access ? [accessPart(uai, { ...access, pace })] : []),
    ...(administration ? [administrationPart(uai, { ...administration, pace })] : []),
  ])
}

/** Two parts may prove one key (a guest network, by its VLAN and by a probe): what is false counts. */
function oneEach(evidence: readonly CollectedEvidence[]): readonly CollectedEvidence[] {
  const kept = new Map<string, CollectedEvidence>()
  for (const item of evidence) {
    const name = `${item.uai} ${item.key}`
    if (!kept.has(name) || item.value === false) kept.set(name, item)
  }
  return [...kept.values()]
}
