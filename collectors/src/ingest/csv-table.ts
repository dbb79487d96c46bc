import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { FileRefusal, refusalOf } from './csv-refusal.ts'
import { onlyUtf8, peekFirstLine, sniffSeparator } from './csv-source.ts'

const MAX_RECORD_BYTES = 262_144

/** One line of a table: where it starts in the file, and its cells by column name. */
export interface TableRow {
  readonly line: number
  /** Trimmed cell; empty when the column is absent. */
  cell(column: string): string
  /** True when the file has that column. */
  has(column: string): boolean
}

/** A column's name as files vary it: case, accents, spaces and apostrophes do not count. */
export const columnName = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')

/**
 * Reads a CSV file as it streams: separator sniffed, UTF-8 with or without BOM, columns by name.
 * Errors: `FileRefusal` (encoding, quotes, column count, a required column that is missing or doubled).
 */
export async function* readTable(
  chunks: AsyncIterable<Uint8Array>,
  required: readonly string[],
): AsyncGenerator<TableRow> {
  const { firstLine, all } = await peekFirstLine(onlyUtf8(chunks))
  const parser = parse({
    bom: true,
    delimiter: sniffSeparator(firstLine),
    info: true,
    max_record_size: MAX_RECORD_BYTES,
    skip_empty_lines: true,
    trim: true,
  })
  const feeding = pipeline(Readable.from(all), parser)
  feeding.catch(() => {})
  let columns: ReadonlyMap<string, number> | undefined
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (columns) yield rowOf(record, info.lines, columns)
      else columns = columnsOf(record, required)
    }
    await feeding
  } catch (error) {
    throw refusalOf(error)
  }
  if (!columns)
    throw new FileRefusal('le fichier est vide. Il doit commencer par une ligne de titres de colonnes.')
}

interface Parsed {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

function rowOf(record: string[], lastLine: number, columns: ReadonlyMap<string, number>): TableRow {
  const inner = record.reduce(
    (count, cell) => count + (cell.includes('\n') ? cell.split('\n').length - 1 : 0),
    0,
  )
  return {
    line: lastLine - inner,
    cell: (column) => {
      const at = columns.get(column)
      return at === undefined ? '' : (record[at] ?? '')
    },
    has: (column) => columns.has(column),
  }
}

function columnsOf(header: string[], required: readonly string[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  for (const [at, title] of header.entries()) {
    const name = columnName(title)
    if (columns.has(name) && required.includes(name))
      throw new FileRefusal(`la colonne « ${name} » apparaît deux fois. Gardez-en une seule.`, 1)
    if (!columns.has(name)) columns.set(name, at)
  }
  const missing = required.filter((name) => !columns.has(name))
  if (missing.length > 0)
    throw new FileRefusal(
      `il manque ${missing.length > 1 ? 'les colonnes' : 'la colonne'} ${missing.map((name) => `« ${name} »`).join(', ')}. Reprenez le fichier d’origine sans retirer de colonne.`,
      1,
    )
  return columns
}
