import {
  academieOf,
  PARTIES,
  requirementById,
  type Degree,
  type Party,
  type RequirementId,
} from '@vigie/rules'
import { columnName, readTable, type TableRow } from './csv-table.ts'

/** One departure from the default sharing of responsibilities. */
export interface SharingRecord {
  readonly academie: string
  readonly degree: Degree
  readonly requirement: RequirementId
  readonly party: Party
}

export type SharingLine =
  | { readonly kind: 'record'; readonly line: number; readonly record: SharingRecord }
  | { readonly kind: 'refused'; readonly line: number; readonly field: string; readonly reason: string }

const DEGREES: Readonly<Record<string, Degree>> = {
  d1: 'd1',
  '1': 'd1',
  '1d': 'd1',
  '1er_degre': 'd1',
  premier_degre: 'd1',
  d2: 'd2',
  '2': 'd2',
  '2d': 'd2',
  '2e_degre': 'd2',
  '2nd_degre': 'd2',
  second_degre: 'd2',
}

/**
 * Reads a sharing table (columns `academie`, `degre`, `exigence`, `responsable`) as it streams; a line said twice is
 * refused. Errors: `FileRefusal` when the file as a whole cannot be read.
 */
export async function* readSharing(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SharingLine> {
  const seen = new Map<string, number>()
  for await (const row of readTable(chunks, ['academie', 'degre', 'exigence', 'responsable'])) {
    const line = lineOf(row)
    if (line.kind === 'record') {
      const { academie, degree, requirement } = line.record
      const key = `${academie} ${degree} ${requirement}`
      const first = seen.get(key)
      seen.set(key, first ?? row.line)
      yield first === undefined
        ? line
        : refused(
            row,
            'exigence',
            `déjà donnée ligne ${first} pour cette académie et ce degré : gardez une seule ligne`,
          )
    } else yield line
  }
}

const refused = (row: TableRow, field: string, reason: string): SharingLine => ({
  kind: 'refused',
  line: row.line,
  field,
  reason,
})

function lineOf(row: TableRow): SharingLine {
  const written = (field: string) => `« ${row.cell(field).slice(0, 20)} »`
  const academie = row.cell('academie') === '' ? undefined : academieOf(row.cell('academie'))
  if (!academie)
    return refused(
      row,
      'academie',
      `${written('academie')} inconnue : attendu un code à deux chiffres, comme 16`,
    )
  const degree = DEGREES[columnName(row.cell('degre'))]
  if (!degree) return refused(row, 'degre', `${written('degre')} inconnu : attendu d1 ou d2`)
  const requirement = requirementById(row.cell('exigence').toUpperCase())
  if (!requirement)
    return refused(
      row,
      'exigence',
      `${written('exigence')} inconnue : attendu un identifiant comme INF-AUT-13`,
    )
  const name = columnName(row.cell('responsable'))
  const party = PARTIES.find((known) => known === name)
  if (!party)
    return refused(row, 'responsable', `${written('responsable')} inconnu : attendu ${PARTIES.join(', ')}`)
  return {
    kind: 'record',
    line: row.line,
    record: { academie: academie.code, degree, requirement: requirement.id, party },
  }
}
