import { valued, type GaugeFactory } from './gauge.ts'

interface Place {
  readonly academie: string
  readonly departement: string
}

/** Conformity of the open establishments; null where nothing is applicable. */
export interface ConformityReading {
  /** `score`: CARINE index, 0 to 100. */
  readonly academies: readonly { readonly academie: string; readonly score: number | null }[]
  readonly departements: readonly (Place & {
    readonly d1: number
    readonly d2: number
    readonly score: number | null
    /** 0 to 1. */
    readonly coverage: number | null
    readonly contradictions: number
    readonly derogations: number
  })[]
  /** Points in requirements, halves possible; levels without an applicable requirement are left out. */
  readonly services: readonly (Place & {
    readonly service: string
    readonly level: string
    readonly points: number
    readonly possible: number
  })[]
}

const PLACE = ['academie', 'departement'] as const
const POINTS = [...PLACE, 'service', 'level'] as const

/** Registers the gauges of conformity, bounded by académies, départements, services and levels. */
export function createConformityGauges(gauge: GaugeFactory) {
  const points = gauge(
    'carine_points',
    'CARINE requirements met, a partial one as half, by level (E, R, F).',
    POINTS,
  )
  const possible = gauge(
    'carine_points_possible',
    'CARINE requirements that apply, by level (E, R, F).',
    POINTS,
  )
  const academie = gauge('carine_academie_score', 'CARINE index of the académie, 0 to 100.', ['academie'])
  const departement = gauge('carine_departement_score', 'CARINE index of the département, 0 to 100.', PLACE)
  const coverage = gauge(
    'carine_coverage_ratio',
    'Share of the applicable requirements that have a status in force.',
    PLACE,
  )
  const etablissements = gauge('carine_etablissements', 'Open establishments by degree.', [
    ...PLACE,
    'degree',
  ])
  const contradictions = gauge(
    'carine_contradictions',
    'Requirements whose declaration contradicts what is observed.',
    PLACE,
  )
  const derogations = gauge('carine_derogations', 'Requirements under a derogation in force.', PLACE)
  return {
    set: ({ academies, departements, services }: ConformityReading): void => {
      points.replace(services.map((row) => ({ ...row, value: row.points })))
      possible.replace(services.map((row) => ({ ...row, value: row.possible })))
      academie.replace(valued(academies, ({ score }) => score))
      departement.replace(valued(departements, ({ score }) => score))
      coverage.replace(valued(departements, (row) => row.coverage))
      etablissements.replace(
        departements.flatMap((row) =>
          (['d1', 'd2'] as const).map((degree) => ({ ...row, degree, value: row[degree] })),
        ),
      )
      contradictions.replace(departements.map((row) => ({ ...row, value: row.contradictions })))
      derogations.replace(departements.map((row) => ({ ...row, value: row.derogations })))
    },
  }
}
