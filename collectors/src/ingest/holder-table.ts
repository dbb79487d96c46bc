import { HOLDER_FUNCTIONS, type HolderFunction } from '@vigie/rules'
import { columnName, readTable, type TableRow } from './csv-table.ts'

/** One holder as a file gives it; an empty cell is absent. */
export interface HolderRecord {
  readonly function: HolderFunction
  readonly login?: string
  readonly displayName?: string
  readonly uai?: string
  readonly circonscription?: string
  readonly departement?: string
  readonly communeCode?: string
  readonly orderNumber?: number
  readonly mail?: string
  readonly callBackNumber?: string
  readonly company?: string
}

export type HolderLine =
  | { readonly kind: 'record'; readonly line: number; readonly record: HolderRecord }
  | { readonly kind: 'refused'; readonly line: number; readonly field: string; readonly reason: string }

/** Words that files use for a function, beside its code. */
const FUNCTIONS: Readonly<Record<string, HolderFunction>> = {
  ...Object.fromEntries(HOLDER_FUNCTIONS.map((name) => [name, name])),
  directeur: 'directeur_ecole',
  directrice: 'directeur_ecole',
  directeur_d_ecole: 'directeur_ecole',
  directrice_d_ecole: 'directeur_ecole',
  professeur: 'enseignant',
  enseignante: 'enseignant',
  principal: 'chef_etablissement',
  proviseur: 'chef_etablissement',
  chef_d_etablissement: 'chef_etablissement',
  inspecteur: 'ien',
  inspectrice: 'ien',
  prestataire: 'externe',
}

const FORMS = {
  uai: [/^\d{7}[A-Za-z]$/, 'attendu un UAI : sept chiffres et une lettre'],
  code_insee: [/^\d[0-9ABab]\d{3}$/, 'attendu un code INSEE : cinq caractères, comme 34172'],
  mail: [/^[^\s@;,]{1,64}@[^\s@;,]{1,190}$/, 'adresse électronique mal formée'],
  telephone: [/^\+?\d[\d .-]{5,24}$/, 'attendu un numéro de téléphone, comme 01 99 00 00 00'],
  numero_d_ordre: [/^[1-9]\d?$/, 'attendu un rang de 1 à 99'],
} as const

const MAX = 120

/**
 * Reads a file of holders as it streams. Columns: `fonction`; `identifiant` (or `matricule`, `login`), `nom`, `prenom`;
 * `uai`, `circonscription` or `departement`; for a mairie `code_insee` and `numero_d_ordre`; `mail`, `telephone`,
 * `societe`. A holder named twice is refused. Errors: `FileRefusal` when the file as a whole cannot be read.
 */
export async function* readHolders(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<HolderLine> {
  const seen = new Map<string, number>()
  for await (const row of readTable(chunks, ['fonction'])) {
    const line = lineOf(row)
    if (line.kind === 'refused') {
      yield line
      continue
    }
    const { login, communeCode, orderNumber } = line.record
    const key = (login ?? `${communeCode ?? ''}-${orderNumber ?? 1}`).normalize('NFKC').toLowerCase()
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, row.line)
      yield line
    } else {
      yield refused(row, 'identifiant', `déjà donné ligne ${first} : gardez une seule ligne par porteur`)
    }
  }
}

const refused = (row: TableRow, field: string, reason: string): HolderLine => ({
  kind: 'refused',
  line: row.line,
  field,
  reason,
})

const firstOf = (row: TableRow, ...columns: string[]): string =>
  columns.map((column) => row.cell(column)).find((cell) => cell !== '') ?? ''

function lineOf(row: TableRow): HolderLine {
  const cells = {
    login: firstOf(row, 'identifiant', 'login', 'matricule'),
    displayName: [row.cell('prenom'), row.cell('nom')].filter((part) => part !== '').join(' '),
    uai: row.cell('uai'),
    circonscription: row.cell('circonscription'),
    departement: row.cell('departement'),
    code_insee: firstOf(row, 'code_insee', 'insee'),
    numero_d_ordre: firstOf(row, 'numero_d_ordre', 'n_d_ordre', 'n_ordre', 'ordre'),
    mail: firstOf(row, 'mail', 'courriel', 'mel'),
    telephone: firstOf(row, 'telephone', 'telephone_de_rappel', 'tel'),
    societe: row.cell('societe'),
  }
  const holderFunction = FUNCTIONS[columnName(row.cell('fonction'))]
  if (!holderFunction)
    return refused(
      row,
      'fonction',
      `« ${row.cell('fonction').slice(0, 30)} » inconnue : attendu ${HOLDER_FUNCTIONS.join(', ')}`,
    )
  for (const [field, cell] of Object.entries(cells)) {
    if (cell.length > MAX || cell.includes('\0'))
      return refused(row, field, `trop long ou illisible : au plus ${MAX} caractères`)
  }
  for (const [field, [form, reason]] of Object.entries(FORMS) as [keyof typeof FORMS, [RegExp, string]][]) {
    if (cells[field] !== '' && !form.test(cells[field])) return refused(row, field, reason)
  }
  const { code_insee, numero_d_ordre, telephone, societe, ...others } = cells
  const given = Object.entries({
    ...others,
    communeCode: code_insee,
    callBackNumber: telephone,
    company: societe,
  }).filter(([, cell]) => cell !== '')
  return {
    kind: 'record',
    line: row.line,
    record: {
      function: holderFunction,
      ...Object.fromEntries(given),
      ...(numero_d_ordre === '' ? {} : { orderNumber: Number(numero_d_ordre) }),
    },
  }
}
