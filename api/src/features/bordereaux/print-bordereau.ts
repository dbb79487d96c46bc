import type { BordereauKind } from '@vigie/db/schema'
import { timeZoneOf } from '@vigie/rules'
import { dayIn, dayInWords } from '../deployment/calendar.ts'
import { academieName, departementName } from '../etablissements/labels.ts'
import type { BordereauContents } from './content.ts'
import type { Slip } from './pdf/blocks.ts'
import { drawSlip } from './pdf/draw-slip.ts'
import { handOver, handOverToMairie, restitution, restitutionByMairie } from './wording/individual.ts'
import { handOverSummary, restitutionSummary, shipment } from './wording/summaries.ts'

export interface PrintedBordereau<K extends BordereauKind = BordereauKind> {
  readonly kind: K
  readonly number: string
  readonly academie: string
  readonly departement: string | null
  readonly createdAt: Date
  readonly content: BordereauContents[K]
}

type Wording = { readonly [K in BordereauKind]: (content: BordereauContents[K], place: string) => Slip }

const WORDING: Wording = {
  recapitulatif_expedition: shipment,
  recapitulatif_remise: handOverSummary,
  remise_directeur: handOver,
  remise_mairie: handOverToMairie,
  restitution_directeur: restitution,
  restitution_mairie: restitutionByMairie,
  recapitulatif_restitution: restitutionSummary,
}

/** In: what the slip says. Out: the bytes of a tagged PDF, the same each time for the same content and instant. */
export async function printBordereau<K extends BordereauKind>(
  slip: PrintedBordereau<K>,
): Promise<Uint8Array> {
  const { academie, departement, createdAt, number } = slip
  const place = departement === null ? '' : `${departementName(departement)} (${departement})`
  return drawSlip(WORDING[slip.kind](slip.content, place), {
    number,
    academie: academieName(academie),
    place,
    date: dayInWords(dayIn(createdAt, timeZoneOf(academie))),
    createdAt,
  })
}
