import type { BordereauKind } from '@vigie/db/schema'

/** A named person, or the functional login of a mairie, as printed on a slip. */
export interface PrintedHolder {
  readonly displayName: string
  readonly login: string
  /** In French, for example « directeur d’école ». */
  readonly functionLabel: string
  /** School, establishment, commune or service; null when there is none to print. */
  readonly place: string | null
}

/** Who acts: hands over, takes back or sends. */
export interface PrintedAgent {
  readonly displayName: string
  /** In French, for example « inspecteur de l’Éducation nationale ». */
  readonly functionLabel: string
}

export interface PrintedKey {
  readonly serial: string
  readonly model: string | null
  /** `YYYY-MM-DD`; null when the date of manufacture is unknown. */
  readonly expiresOn: string | null
}

/** Keys sent by the académie to a département. */
export interface ShipmentContent {
  readonly from: PrintedAgent
  readonly keys: readonly PrintedKey[]
  readonly comment: string | null
}

/** Bound keys, sent to who will hand them over. */
export interface HandOverSummaryContent {
  readonly from: PrintedAgent
  /** To whom, in French: « Circonscription de Valmont-Nord ». */
  readonly to: string
  readonly keys: readonly (PrintedKey & { readonly holder: PrintedHolder })[]
}

/** One key given to, or taken back from, its holder. */
export interface IndividualContent {
  readonly key: PrintedKey
  readonly holder: PrintedHolder
  /** Who hands over or takes back. */
  readonly by: PrintedAgent
  /** For a mairie: the maire or representative who is present; null leaves a line to fill in by hand. */
  readonly representative?: string | null
  /** Restitution only: why the key comes back, in words. */
  readonly reason?: string | null
}

/** Keys that came back, sent on to who puts them away. */
export interface RestitutionSummaryContent {
  readonly from: PrintedAgent
  readonly to: string
  readonly keys: readonly (PrintedKey & {
    readonly holder: PrintedHolder
    /** `YYYY-MM-DD`. */
    readonly returnedOn: string
    readonly reason: string | null
  })[]
}

/** What each kind of slip says. */
export interface BordereauContents {
  readonly recapitulatif_expedition: ShipmentContent
  readonly recapitulatif_remise: HandOverSummaryContent
  readonly remise_directeur: IndividualContent
  readonly remise_mairie: IndividualContent
  readonly restitution_directeur: IndividualContent
  readonly restitution_mairie: IndividualContent
  readonly recapitulatif_restitution: RestitutionSummaryContent
}

/** `remise_directeur` and `restitution_directeur` serve every named holder: the function is printed. */
export const BORDEREAU_KINDS = [
  'recapitulatif_expedition',
  'recapitulatif_remise',
  'remise_directeur',
  'remise_mairie',
  'restitution_directeur',
  'restitution_mairie',
  'recapitulatif_restitution',
] as const satisfies readonly BordereauKind[]

export const BORDEREAU_LABELS: Readonly<Record<BordereauKind, string>> = {
  recapitulatif_expedition: 'Récapitulatif d’expédition',
  recapitulatif_remise: 'Récapitulatif de remise',
  remise_directeur: 'Remise individuelle',
  remise_mairie: 'Remise à une mairie',
  restitution_directeur: 'Restitution individuelle',
  restitution_mairie: 'Restitution par une mairie',
  recapitulatif_restitution: 'Récapitulatif de restitution',
}

/** First letters of a slip's number. */
export const BORDEREAU_CODES: Readonly<Record<BordereauKind, string>> = {
  recapitulatif_expedition: 'EX',
  recapitulatif_remise: 'RR',
  remise_directeur: 'RD',
  remise_mairie: 'RM',
  restitution_directeur: 'TD',
  restitution_mairie: 'TM',
  recapitulatif_restitution: 'TR',
}
