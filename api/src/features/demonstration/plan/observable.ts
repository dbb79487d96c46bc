import type { EvidenceKey, EvidenceValue } from '@vigie/rules'

/** Systems that report to Vigie in the demonstration, under the names that screens show. */
export const SOURCES = {
  prometheus: 'Prometheus du rectorat',
  sauvegarde: 'Console de sauvegarde',
  journaux: 'Collecteur de journaux',
  annuaire: 'Sonde d’annuaire',
  reseau: 'Pare-feu académique',
  parc: 'Gestion des postes',
  messagerie: 'Sonde de messagerie',
  affichage: 'Sonde du site et de l’affichage',
  regeneration: 'Outil de régénération',
  mobiles: 'Gestion des mobiles',
  decouverte: 'Découverte du réseau',
} as const
export type SourceId = keyof typeof SOURCES

/** What a key shows when all is well, when it is so-so and when it is bad; `n` is the number of workstations. */
export interface ObservableKey {
  readonly key: EvidenceKey
  readonly source: SourceId
  readonly good: (n: number) => EvidenceValue
  readonly fair: (n: number) => EvidenceValue
  readonly bad: (n: number) => EvidenceValue
  /** A count of workstations: observed only where agents know some. */
  readonly ofMachines: boolean
}

type Triple = readonly [key: EvidenceKey, good: EvidenceValue, fair: EvidenceValue, bad: EvidenceValue]

export const fixed = (source: SourceId, triples: readonly Triple[]): ObservableKey[] =>
  triples.map(([key, good, fair, bad]) => ({
    key,
    source,
    good: () => good,
    fair: () => fair,
    bad: () => bad,
    ofMachines: false,
  }))

export const flags = (source: SourceId, ...keys: EvidenceKey[]): ObservableKey[] =>
  fixed(
    source,
    keys.map((key) => [key, true, false, false] as const),
  )

/** Shares of the workstations: all, two thirds, one in four. */
export const shares = (...keys: EvidenceKey[]): ObservableKey[] =>
  keys.map((key) => ({
    key,
    source: 'parc',
    good: (n: number) => n,
    fair: (n: number) => Math.ceil((n * 2) / 3),
    bad: (n: number) => Math.floor(n / 4),
    ofMachines: true,
  }))

/** The whole of such shares: every workstation, however they fare. */
export const wholes = (...keys: EvidenceKey[]): ObservableKey[] =>
  shares(...keys).map(({ good, ...one }) => ({ ...one, good, fair: good, bad: good }))

/** Counts that shares are made of: the same in every state, so that no part exceeds its whole. */
export const constants = (source: SourceId, counts: Partial<Record<EvidenceKey, number>>): ObservableKey[] =>
  fixed(
    source,
    (Object.entries(counts) as [EvidenceKey, number][]).map(([key, count]) => [key, count, count, count]),
  )
