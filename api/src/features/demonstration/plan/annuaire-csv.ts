import { departementOf, regionOf, academieOf } from '@vigie/rules'
import type { Kind, PlannedEtablissement } from './etablissements.ts'

/** Columns of the dataset « fr-en-annuaire-education » that the demonstration fills. */
const COLUMNS = [
  'identifiant_de_l_etablissement',
  'nom_etablissement',
  'type_etablissement',
  'statut_public_prive',
  'code_commune',
  'nom_commune',
  'code_departement',
  'code_academie',
  'code_region',
  'ecole_maternelle',
  'ecole_elementaire',
  'voie_generale',
  'voie_technologique',
  'voie_professionnelle',
  'nombre_d_eleves',
  'libelle_departement',
  'libelle_academie',
  'libelle_region',
  'nom_circonscription',
  'latitude',
  'longitude',
  'date_ouverture',
  'date_fermeture',
  'etat',
  'multi_uai',
  'code_nature',
  'etablissement_mere',
  'code_circonscription',
  'code_bassin_formation',
  'libelle_bassin_formation',
] as const
type Column = (typeof COLUMNS)[number]

const NATURES: Readonly<Record<Kind, readonly [type: string, nature: string, flags: string]>> = {
  maternelle: ['Ecole', '101', '10---'],
  elementaire: ['Ecole', '151', '01---'],
  primaire: ['Ecole', '151', '11---'],
  college: ['Collège', '340', '-----'],
  lgt: ['Lycée', '300', '--110'],
  polyvalent: ['Lycée', '306', '--111'],
  lp: ['Lycée', '320', '--001'],
  erea: ['EREA', '370', '-----'],
}

function cellsOf(item: PlannedEtablissement): Readonly<Record<Column, string | number>> {
  const [type, nature, flags] = NATURES[item.kind]
  const flag = (at: number) => flags.charAt(at).replace('-', '')
  const departement = departementOf(item.commune.departement)
  return {
    identifiant_de_l_etablissement: item.uai,
    nom_etablissement: item.name,
    type_etablissement: type,
    statut_public_prive: item.prive ? 'Privé' : 'Public',
    code_commune: item.commune.code,
    nom_commune: item.commune.name,
    code_departement: item.commune.departement,
    code_academie: departement?.academie ?? '',
    code_region: departement?.region ?? '',
    ecole_maternelle: flag(0),
    ecole_elementaire: flag(1),
    voie_generale: flag(2),
    voie_technologique: flag(3),
    voie_professionnelle: flag(4),
    nombre_d_eleves: item.pupils,
    libelle_departement: departement?.name ?? '',
    libelle_academie: academieOf(departement?.academie ?? '')?.name ?? '',
    libelle_region: regionOf(departement?.region ?? '')?.name ?? '',
    nom_circonscription: item.circonscription?.name ?? '',
    latitude: item.latitude,
    longitude: item.longitude,
    date_ouverture: item.openedOn,
    date_fermeture: item.closedOn ?? '',
    etat: item.closedOn === null ? 'OUVERT' : 'FERME',
    multi_uai: '0',
    code_nature: nature,
    etablissement_mere: item.mother ?? '',
    code_circonscription: item.circonscription?.code ?? '',
    code_bassin_formation: item.bassin.code,
    libelle_bassin_formation: item.bassin.name,
  }
}

const quoted = (cell: string | number) => {
  const text = String(cell)
  return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The annuaire as the open data publishes it: `;`, UTF-8 with a BOM, one line each. */
export function* annuaireLines(items: Iterable<PlannedEtablissement>): Generator<string> {
  yield `\uFEFF${COLUMNS.join(';')}\n`
  for (const item of items) {
    const cells = cellsOf(item)
    yield `${COLUMNS.map((column) => quoted(cells[column])).join(';')}\n`
  }
}
