import { type BordereauContents, type PrintedHolder } from '@vigie/api/features/bordereaux/content.ts'
import type { PrintedBordereau } from '@vigie/api/features/bordereaux/print-bordereau.ts'
import type { BordereauKind } from '@vigie/db/schema'

/** Keys of the long summary. */
export const SUMMARY_KEYS = 60

const key = (index: number) => ({
  serial: `VLM-${204_500 + index}`,
  model: 'Modèle E',
  expiresOn: '2031-08-31',
})
const holder: PrintedHolder = {
  displayName: 'Anne-Żofia Œuvrard',
  login: 'anne.essai',
  functionLabel: 'Directeur d’école',
  place: 'École des Essais, Villeneuve-les-Essais',
}
const mairie: PrintedHolder = {
  displayName: 'Mairie de Villeneuve-les-Essais',
  login: '99001-01',
  functionLabel: 'Mairie',
  place: 'Villeneuve-les-Essais',
}
const ien = { displayName: 'Camille Essai', functionLabel: 'Inspecteur de l’Éducation nationale' }
const osp = { displayName: 'Dominique Essai', functionLabel: 'Officier de sécurité de proximité' }

/** What a slip of each kind may say. */
export const PRINTED: BordereauContents = {
  recapitulatif_expedition: { from: osp, keys: [key(0), key(1)], comment: 'Pour la rentrée.' },
  recapitulatif_remise: {
    from: osp,
    to: 'Circonscription des Essais',
    keys: Array.from({ length: SUMMARY_KEYS }, (_, index) => ({ ...key(index), holder })),
  },
  remise_directeur: { key: key(0), holder, by: ien },
  remise_mairie: { key: key(0), holder: mairie, by: ien, representative: null },
  restitution_directeur: { key: key(0), holder, by: ien, reason: 'Départ à la retraite' },
  restitution_mairie: { key: key(0), holder: mairie, by: ien, representative: 'Sacha Essai, adjoint' },
  recapitulatif_restitution: {
    from: ien,
    to: 'Officier de sécurité de proximité',
    keys: [{ ...key(0), holder, returnedOn: '2027-07-02', reason: 'Fin de fonction' }],
  },
}

/** A slip of that kind, ready to print. */
export const aSlip = <K extends BordereauKind>(kind: K): PrintedBordereau<K> => ({
  kind,
  number: 'RD-991-2026-00012',
  academie: '98',
  departement: '991',
  createdAt: new Date('2026-11-16T09:00:00Z'),
  content: PRINTED[kind],
})
