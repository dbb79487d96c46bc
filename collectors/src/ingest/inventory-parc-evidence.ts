import type { EvidenceKey } from '@vigie/rules'
import { isSupported, type SystemName } from './os-support.ts'

/** Machines in service of one establishment that share a kind, a usage and a system, with their counts. */
export interface ParcGroup extends SystemName {
  readonly kind: string
  readonly usage: string | null
  readonly shared: boolean | null
  readonly count: number
  readonly reporting30d: number
  readonly categorised: number
  readonly dated: number
  readonly over7Years: number
  readonly softwareKnown: number
  readonly antivirusKnown: number
  readonly antivirusActive: number
  readonly antivirusUpToDate: number
  readonly firewallKnown: number
  readonly firewallActive: number
  readonly encryptionKnown: number
  readonly encrypted: number
  readonly updateKnown: number
  readonly updated60d: number
}

type Measure = { [K in keyof ParcGroup]: ParcGroup[K] extends number ? K : never }[keyof ParcGroup]
export type ParcObservation = { readonly key: EvidenceKey; readonly value: number; readonly observedAt: Date }

const WORKSTATIONS: ReadonlySet<string> = new Set(['workstation', 'laptop'])

const total = (groups: readonly ParcGroup[], measure: Measure): number =>
  groups.reduce((sum, group) => sum + group[measure], 0)

function supportOf(groups: readonly ParcGroup[], at: Date) {
  const judged = groups.map((group) => ({ count: group.count, supported: isSupported(group, at) }))
  const sum = (kept: typeof judged) => kept.reduce((counted, { count }) => counted + count, 0)
  return {
    known: sum(judged.filter(({ supported }) => supported !== null)),
    part: sum(judged.filter(({ supported }) => supported === true)),
  }
}

/**
 * In: the groups of machines in service of one establishment, and the instant. Out: the counts that agents can
 * prove. A count of which no machine says anything is left out: absence is not zero.
 */
export function parcEvidence(groups: readonly ParcGroup[], at: Date): ParcObservation[] {
  const workstations = groups.filter(({ kind }) => WORKSTATIONS.has(kind))
  const administrative = workstations.filter(({ usage }) => usage === 'administratif')
  const shared = workstations.filter((group) => group.shared === true)
  const support = supportOf(workstations, at)
  const has = (part: readonly ParcGroup[], known: Measure) => part.length === 0 || total(part, known) > 0
  const observations: [EvidenceKey, number, boolean][] = [
    ['parc.machine.count', total(groups, 'count'), true],
    ['parc.machine.reporting_30d', total(groups, 'reporting30d'), true],
    ['parc.machine.categorised', total(groups, 'categorised'), true],
    ['parc.machine.dated', total(groups, 'dated'), true],
    ['parc.machine.over_7_years', total(groups, 'over7Years'), has(groups, 'dated')],
    ['parc.machine.software_known', total(groups, 'softwareKnown'), true],
    ['parc.workstation.count', total(workstations, 'count'), true],
    [
      'parc.workstation.antivirus_active',
      total(workstations, 'antivirusActive'),
      has(workstations, 'antivirusKnown'),
    ],
    [
      'parc.workstation.antivirus_uptodate',
      total(workstations, 'antivirusUpToDate'),
      has(workstations, 'antivirusKnown'),
    ],
    [
      'parc.workstation.firewall_active',
      total(workstations, 'firewallActive'),
      has(workstations, 'firewallKnown'),
    ],
    ['parc.workstation.os_supported', support.part, workstations.length === 0 || support.known > 0],
    ['parc.workstation.updated_60d', total(workstations, 'updated60d'), has(workstations, 'updateKnown')],
    [
      'parc.workstation.admin_disk_count',
      total(administrative, 'count'),
      workstations.some(({ usage }) => usage !== null),
    ],
    [
      'parc.workstation.admin_disk_encrypted',
      total(administrative, 'encrypted'),
      administrative.length > 0 && total(administrative, 'encryptionKnown') > 0,
    ],
    [
      'parc.workstation.shared_count',
      total(shared, 'count'),
      workstations.some((group) => group.shared !== null),
    ],
    [
      'parc.workstation.shared_fixed_count',
      total(
        shared.filter(({ kind }) => kind === 'workstation'),
        'count',
      ),
      workstations.some((group) => group.shared !== null),
    ],
  ]
  return observations.flatMap(([key, value, known]) => (known ? [{ key, value, observedAt: at }] : []))
}
