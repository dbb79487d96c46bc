import { valued, type GaugeFactory } from './gauge.ts'

const PLACE = ['academie', 'departement', 'uai'] as const
const FAMILIES = ['INF', 'MCO', 'UTI'] as const

/** One open establishment; shares from 0 to 1, null where nothing is applicable. */
export interface EtablissementReading {
  readonly academie: string
  readonly departement: string
  readonly uai: string
  /** CARINE index, 0 to 100. */
  readonly score: number | null
  readonly exige: number | null
  readonly coverage: number | null
  readonly families: Readonly<Record<(typeof FAMILIES)[number], number | null>>
  readonly machines: number
}

/** Registers the gauges of each establishment: eight series each at most. */
export function createEtablissementGauges(gauge: GaugeFactory) {
  const score = gauge('carine_score', 'CARINE index of the establishment, 0 to 100.', PLACE)
  const exige = gauge(
    'carine_etablissement_exige_ratio',
    'Share of the required (E) requirements that the establishment meets.',
    PLACE,
  )
  const coverage = gauge(
    'carine_etablissement_coverage_ratio',
    'Share of the applicable requirements of the establishment that have a status in force.',
    PLACE,
  )
  const family = gauge(
    'carine_etablissement_family_exige_ratio',
    'Share of the required (E) requirements of a family of services that the establishment meets.',
    [...PLACE, 'family'],
  )
  const machines = gauge('parc_etablissement_machines', 'Machines in service in the establishment.', PLACE)
  return {
    set: (rows: readonly EtablissementReading[]): void => {
      score.replace(valued(rows, (row) => row.score))
      exige.replace(valued(rows, (row) => row.exige))
      coverage.replace(valued(rows, (row) => row.coverage))
      family.replace(
        FAMILIES.flatMap((name) =>
          valued(rows, ({ families }) => families[name]).map((row) => ({ ...row, family: name })),
        ),
      )
      machines.replace(rows.map((row) => ({ ...row, value: row.machines })))
    },
  }
}
