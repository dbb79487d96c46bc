import { parseUai, type Uai } from '@vigie/rules'
import * as cells from './annuaire-cells.ts'
import { CellRefusal, type AnnuaireLine, type AnnuaireRecord, type AnnuaireType } from './annuaire-record.ts'
import { collectiviteOf, departementCell } from './annuaire-territory.ts'
import { typeOf } from './annuaire-type.ts'
import { columnName, readTable, type TableRow } from './csv-table.ts'

const UAI = 'identifiant_de_l_etablissement'

/** Columns of the dataset « Annuaire de l’éducation » without which no line can be read. */
export const REQUIRED_COLUMNS = [
  UAI,
  'nom_etablissement',
  'type_etablissement',
  'statut_public_prive',
  'code_commune',
  'nom_commune',
  'code_departement',
  'code_academie',
] as const

/**
 * Reads the open-data annuaire as it streams. In: the file's bytes, and today (`YYYY-MM-DD`). Out: each line as a
 * record, a refusal with its field and reason, or a line outside the scope; memory holds the UAI seen, no more.
 * Errors: `FileRefusal` when the file as a whole cannot be read.
 */
export async function* readAnnuaire(
  chunks: AsyncIterable<Uint8Array>,
  today: string,
): AsyncGenerator<AnnuaireLine> {
  const seen = new Map<Uai, number>()
  for await (const row of readTable(chunks, REQUIRED_COLUMNS)) {
    const line = lineOf(row, today)
    if (line.kind !== 'record') {
      yield line
      continue
    }
    const { uai } = line.record
    const first = seen.get(uai)
    if (first === undefined) seen.set(uai, row.line)
    yield first === undefined ? line : repeated(row, uai, first)
  }
}

function lineOf(row: TableRow, today: string): AnnuaireLine {
  try {
    const type = typeOf(row)
    if (type === null) return skipped(row, cells.textCell(row, 'type_etablissement') ?? 'type non renseigné')
    if (columnName(row.cell('etat')) === 'a_ouvrir') return skipped(row, 'Établissement à ouvrir')
    return { kind: 'record', line: row.line, record: recordOf(row, type, today) }
  } catch (error) {
    if (!(error instanceof CellRefusal)) throw error
    const { field, reason } = error
    return { kind: 'refused', line: row.line, uai: parseUai(row.cell(UAI)), field, reason }
  }
}

/** The dataset spreads some establishments over several lines and says so in `multi_uai`. */
function repeated(row: TableRow, uai: Uai, first: number): AnnuaireLine {
  if (cells.flagCell(row, 'multi_uai') || cells.flagCell(row, 'etablissement_multi_lignes'))
    return { kind: 'skipped', line: row.line, uai, label: 'Ligne complémentaire d’un établissement déjà lu' }
  const reason = `l’UAI ${uai} figure déjà ligne ${first} : gardez une seule ligne`
  return { kind: 'refused', line: row.line, uai, field: UAI, reason }
}

const skipped = (row: TableRow, label: string): AnnuaireLine => ({
  kind: 'skipped',
  line: row.line,
  uai: parseUai(row.cell(UAI)),
  label: label.slice(0, 60),
})

function recordOf(row: TableRow, type: AnnuaireType, today: string): AnnuaireRecord {
  const uai = cells.uaiCell(row, UAI)
  const departement = departementCell(row)
  const communeCode = cells.communeCell(row, 'code_commune')
  return {
    uai,
    name: cells.requiredText(row, 'nom_etablissement'),
    type,
    degree: type.startsWith('ecole') ? 'd1' : 'd2',
    sector: sectorOf(row),
    communeCode,
    commune: cells.requiredText(row, 'nom_commune'),
    departement: departement.code,
    academie: departement.academie,
    region: departement.region,
    circonscription: cells.codeCell(row, 'code_circonscription'),
    circonscriptionName: cells.textCell(row, 'nom_circonscription'),
    bassin: cells.codeCell(row, 'code_bassin_formation'),
    bassinName: cells.textCell(row, 'libelle_bassin_formation'),
    collectivite: collectiviteOf(type, communeCode, departement),
    pupils: cells.pupilsCell(row, 'nombre_d_eleves'),
    ...coordinatesOf(row),
    ...lifeOf(row, today),
    motherUai: motherOf(row, uai),
  }
}

function sectorOf(row: TableRow): 'public' | 'prive' {
  const sector = columnName(row.cell('statut_public_prive'))
  if (sector === 'public' || sector === 'prive') return sector
  throw new CellRefusal('statut_public_prive', 'attendu « Public » ou « Privé »')
}

function coordinatesOf(row: TableRow): Pick<AnnuaireRecord, 'latitude' | 'longitude'> {
  const latitude = cells.degreesCell(row, 'latitude', 90)
  const longitude = cells.degreesCell(row, 'longitude', 180)
  if ((latitude === null) !== (longitude === null))
    throw new CellRefusal(
      latitude === null ? 'latitude' : 'longitude',
      'est vide alors que l’autre coordonnée est donnée : renseignez les deux',
    )
  return { latitude, longitude }
}

function lifeOf(row: TableRow, today: string): Pick<AnnuaireRecord, 'openedOn' | 'closedOn' | 'state'> {
  const openedOn = cells.dayCell(row, 'date_ouverture')
  if (openedOn !== null && openedOn > today)
    throw new CellRefusal(
      'date_ouverture',
      `${openedOn} est dans le futur : corrigez la date, ou l’état « A OUVRIR »`,
    )
  const closing = cells.dayCell(row, 'date_fermeture')
  const over = closing !== null && closing <= today
  if (openedOn !== null && over && closing < openedOn)
    throw new CellRefusal(
      'date_fermeture',
      `${closing} précède l’ouverture (${openedOn}) : corrigez l’une des deux dates`,
    )
  const state = columnName(row.cell('etat'))
  if (state === 'ferme' || (state === '' && over))
    return { openedOn, closedOn: over ? closing : null, state: 'ferme' }
  if (state !== 'ouvert' && state !== 'a_fermer' && state !== '')
    throw new CellRefusal('etat', 'attendu « OUVERT », « A FERMER », « A OUVRIR » ou « FERME »')
  if (over)
    throw new CellRefusal(
      'etat',
      `est « ${row.cell('etat')} » alors que l’établissement a fermé le ${closing} : corrigez l’un des deux`,
    )
  return { openedOn, closedOn: null, state: 'ouvert' }
}

function motherOf(row: TableRow, uai: Uai): Uai | null {
  if (row.cell('etablissement_mere') === '') return null
  const mother = cells.uaiCell(row, 'etablissement_mere')
  if (mother === uai)
    throw new CellRefusal('etablissement_mere', 'désigne l’établissement lui-même : laissez la colonne vide')
  return mother
}
