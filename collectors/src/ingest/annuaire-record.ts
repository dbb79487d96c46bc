import type { Degree, Uai } from '@vigie/rules'

export type AnnuaireType =
  | 'ecole_maternelle'
  | 'ecole_elementaire'
  | 'ecole_primaire'
  | 'college'
  | 'lycee_general_technologique'
  | 'lycee_professionnel'
  | 'lycee_polyvalent'
  | 'erea'

/** One establishment as the annuaire de l’éducation gives it; dates are `YYYY-MM-DD`. */
export interface AnnuaireRecord {
  readonly uai: Uai
  readonly name: string
  readonly type: AnnuaireType
  readonly degree: Degree
  readonly sector: 'public' | 'prive'
  readonly communeCode: string
  readonly commune: string
  readonly departement: string
  readonly academie: string
  readonly region: string
  readonly circonscription: string | null
  readonly circonscriptionName: string | null
  readonly bassin: string | null
  readonly bassinName: string | null
  /** `commune:34172`, `departement:034` or `region:76`. */
  readonly collectivite: string
  readonly pupils: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly openedOn: string | null
  readonly closedOn: string | null
  readonly state: 'ouvert' | 'ferme'
  readonly motherUai: Uai | null
}

/** What a line of the file came to; `uai` is known whenever the line names a valid one. */
export type AnnuaireLine =
  | { readonly kind: 'record'; readonly line: number; readonly record: AnnuaireRecord }
  | {
      readonly kind: 'refused'
      readonly line: number
      readonly uai: Uai | null
      readonly field: string
      /** French, with the remedy. */
      readonly reason: string
    }
  /** Outside the scope (médico-social, service administratif…), not at fault. */
  | { readonly kind: 'skipped'; readonly line: number; readonly uai: Uai | null; readonly label: string }

/** A cell that cannot be accepted: stops the reading of its line only. */
export class CellRefusal extends Error {
  readonly field: string
  readonly reason: string

  constructor(field: string, reason: string) {
    super(`${field} : ${reason}`)
    this.field = field
    this.reason = reason
  }
}
