import { parseUai, refusalOfUai, type Uai } from '@vigie/rules'
import { CellRefusal } from './annuaire-record.ts'
import type { TableRow } from './csv-table.ts'

const CODE = /^[A-Za-z0-9_-]{1,20}$/
const COMMUNE = /^\d[\dAB]\d{3}$/
const MAX_TEXT = 200
const MAX_PUPILS = 100_000

const shown = (text: string) => `« ${text.slice(0, 40)} »`

/** Free text on one line; null when empty. Errors: `CellRefusal`. */
export function textCell(row: TableRow, field: string): string | null {
  const text = row.cell(field).replaceAll(/\s+/g, ' ').trim()
  if (text === '') return null
  if (/\p{Cc}/u.test(text))
    throw new CellRefusal(field, 'contient un caractère de contrôle : retapez ce texte')
  if (text.length > MAX_TEXT) throw new CellRefusal(field, `dépasse ${MAX_TEXT} caractères : abrégez`)
  return text
}

/** Free text that must be there. */
export function requiredText(row: TableRow, field: string): string {
  const text = textCell(row, field)
  if (text === null) throw new CellRefusal(field, 'est vide : renseignez cette colonne')
  return text
}

/** UAI that must be there, with its letter. */
export function uaiCell(row: TableRow, field: string): Uai {
  const uai = parseUai(row.cell(field))
  if (uai === null) throw new CellRefusal(field, refusalOfUai(row.cell(field)))
  return uai
}

/** A code that a perimeter may carry: letters, digits and dashes; null when empty. */
export function codeCell(row: TableRow, field: string): string | null {
  const code = row.cell(field)
  if (code === '') return null
  if (!CODE.test(code))
    throw new CellRefusal(
      field,
      `${shown(code)} n’est pas un code : attendu des lettres et des chiffres, sans espace`,
    )
  return code
}

/** INSEE code of a commune, its leading zero restored. */
export function communeCell(row: TableRow, field: string): string {
  const code = row.cell(field).toUpperCase().padStart(5, '0')
  if (!COMMUNE.test(code))
    throw new CellRefusal(
      field,
      `${shown(row.cell(field))} n’est pas un code INSEE : attendu cinq caractères, comme 34172`,
    )
  return code
}

/** A calendar day, `YYYY-MM-DD` or `JJ/MM/AAAA`; null when empty. Out: `YYYY-MM-DD`. */
export function dayCell(row: TableRow, field: string): string | null {
  const text = row.cell(field)
  if (text === '') return null
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text)
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text)
  const day = iso ? `${iso[1]}-${iso[2]}-${iso[3]}` : french ? `${french[3]}-${french[2]}-${french[1]}` : null
  if (day === null || !isCalendarDay(day))
    throw new CellRefusal(field, `${shown(text)} n’est pas une date : attendu AAAA-MM-JJ ou JJ/MM/AAAA`)
  return day
}

function isCalendarDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day >= '1000-01-01'
}

/** A whole number of pupils; null when empty. */
export function pupilsCell(row: TableRow, field: string): number | null {
  const text = row.cell(field)
  if (text === '') return null
  const pupils = /^-?\d+(?:[.,]0+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  if (Number.isNaN(pupils)) throw new CellRefusal(field, `${shown(text)} n’est pas un nombre entier d’élèves`)
  if (pupils < 0 || pupils > MAX_PUPILS)
    throw new CellRefusal(field, `${shown(text)} est hors bornes : attendu de 0 à ${MAX_PUPILS} élèves`)
  return pupils
}

/** Decimal degrees within ±`bound`; null when empty. */
export function degreesCell(row: TableRow, field: string, bound: number): number | null {
  const text = row.cell(field)
  if (text === '') return null
  const degrees = /^[+-]?\d+(?:[.,]\d+)?(?:[eE]-?\d+)?$/.test(text)
    ? Number(text.replace(',', '.'))
    : Number.NaN
  if (!Number.isFinite(degrees) || Math.abs(degrees) > bound)
    throw new CellRefusal(
      field,
      `${shown(text)} n’est pas une coordonnée : attendu des degrés décimaux, de -${bound} à ${bound}`,
    )
  return degrees
}

/** True for the annuaire's `1`, and for `oui`. */
export const flagCell = (row: TableRow, field: string): boolean =>
  /^(?:1(?:[.,]0+)?|oui|true)$/i.test(row.cell(field))
