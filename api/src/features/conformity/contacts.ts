import { PARTY_LABELS, type Party } from '@vigie/rules'
import type { EtablissementRow } from '../etablissements/find-etablissement.ts'
import { academieName, collectiviteName } from '../etablissements/labels.ts'
import type { Contact } from './schema.ts'

/** In: an establishment and a party. Out: whom to call, by the name of that place. */
export function contactOf(row: EtablissementRow, party: Party): Contact {
  const names: Record<Party, string> = {
    etablissement: row.name,
    collectivite: collectiviteName(row.collectivite, row.commune),
    academie: academieName(row.academie),
  }
  return { party, label: PARTY_LABELS[party], name: names[party] }
}
