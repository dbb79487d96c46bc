/** Degree of an establishment: `d1` for écoles, `d2` for collèges, lycées and EREA (CARINE §2.2). */
export type Degree = 'd1' | 'd2'

/** Printed level: E (exigé), R (recommandé), F (facultatif). */
export type Level = 'E' | 'R' | 'F'

/** Normative verb of the requirement, after RFC 2119 as CARINE §2.2 translates it. */
export type Modal = 'DOIT' | 'NE DOIT PAS' | 'DEVRAIT' | 'PEUT'

export type ServiceFamily = 'INF' | 'MCO' | 'UTI'

export const SERVICE_IDS = [
  'INF-ANN',
  'INF-PDT',
  'INF-AUT',
  'INF-SEC',
  'INF-DIF',
  'MCO-SVG',
  'MCO-REG',
  'MCO-SEI',
  'MCO-JAL',
  'MCO-PAR',
  'UTI-ESF',
  'UTI-MSG',
  'UTI-CTR',
  'UTI-PUB',
  'UTI-REC',
] as const
export type ServiceId = (typeof SERVICE_IDS)[number]

/** A requirement identifier as printed, e.g. `INF-AUT-13`. */
export type RequirementId = `${ServiceId}-${number}`

/** People whom a requirement concerns in their daily work; not who must act (see responsibility). */
export type Audience =
  | 'eleves'
  | 'enseignants'
  | 'personnels_administratifs'
  | 'direction'
  | 'administrateurs_techniques'
  | 'collectivite'
  | 'academie'
  | 'parents'

/** A second sentence of the same requirement with a modal and levels of its own (INF-PDT-15). */
export interface Clause {
  readonly modal: Modal
  readonly levels: Readonly<Record<Degree, Level>>
  readonly statement: string
}

export interface Requirement {
  readonly id: RequirementId
  readonly service: ServiceId
  /** Function of the service, as the first column of the CARINE table names it. */
  readonly function: string
  readonly modal: Modal
  readonly levels: Readonly<Record<Degree, Level>>
  /** Short, checkable, in our own French words. */
  readonly statement: string
  readonly concerns: readonly Audience[]
  readonly relatedServices: readonly ServiceId[]
  /** Section of the source table, e.g. `§3.2.2`. */
  readonly source: string
  readonly clauses?: readonly Clause[]
}

export interface Service {
  readonly id: ServiceId
  readonly family: ServiceFamily
  readonly name: string
  /** One plain sentence for a head of school. */
  readonly summary: string
  readonly source: string
  readonly requirements: readonly Requirement[]
}
