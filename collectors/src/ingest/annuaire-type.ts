import type { AnnuaireType } from './annuaire-record.ts'
import { flagCell } from './annuaire-cells.ts'
import { columnName, type TableRow } from './csv-table.ts'

/** Codes of `code_nature` that settle the kind of lycée, whatever the flags say. */
const LYCEE_NATURES: Readonly<Record<string, AnnuaireType>> = {
  '300': 'lycee_general_technologique',
  '301': 'lycee_general_technologique',
  '302': 'lycee_general_technologique',
  '306': 'lycee_polyvalent',
  '310': 'lycee_general_technologique',
  '320': 'lycee_professionnel',
  '334': 'lycee_professionnel',
  '335': 'lycee_general_technologique',
}

/** In: a line. Out: the type of the establishment, or null when it is outside the scope of Vigie. */
export function typeOf(row: TableRow): AnnuaireType | null {
  switch (columnName(row.cell('type_etablissement'))) {
    case 'ecole':
      return typeOfEcole(row)
    case 'college':
      return 'college'
    case 'lycee':
      return LYCEE_NATURES[row.cell('code_nature')] ?? typeOfLycee(row)
    case 'erea':
      return 'erea'
    default:
      return null
  }
}

function typeOfEcole(row: TableRow): AnnuaireType {
  const maternelle = flagCell(row, 'ecole_maternelle')
  const elementaire = flagCell(row, 'ecole_elementaire')
  if (maternelle && elementaire) return 'ecole_primaire'
  if (maternelle) return 'ecole_maternelle'
  if (elementaire) return 'ecole_elementaire'
  const nature = columnName(row.cell('libelle_nature'))
  if (nature.includes('maternelle')) return 'ecole_maternelle'
  return nature.includes('elementaire') ? 'ecole_elementaire' : 'ecole_primaire'
}

function typeOfLycee(row: TableRow): AnnuaireType {
  const professionnel = flagCell(row, 'voie_professionnelle')
  const general = flagCell(row, 'voie_generale') || flagCell(row, 'voie_technologique')
  if (professionnel) return general ? 'lycee_polyvalent' : 'lycee_professionnel'
  return 'lycee_general_technologique'
}
