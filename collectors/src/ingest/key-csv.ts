import { readTable, type TableRow } from './csv-table.ts'
import { FileRefusal } from './csv-refusal.ts'
import {
  checkedAlgorithm,
  checkedCounter,
  checkedDay,
  checkedDigits,
  checkedDrift,
  checkedLabel,
  checkedPeriod,
  checkedSeed,
  checkedSerial,
  KeyFault,
  KEYS_LIMIT,
  shown,
  type KeyRecord,
} from './key-record.ts'
import type { KeyLine } from './key-file.ts'
import { seedOf } from './key-seed.ts'

/** The names under which files carry each column; the first is ours. */
const COLUMNS = {
  serial: ['numero_serie', 'numero_de_serie', 'serie', 'serial', 'serial_number', 'serialno'],
  seed: ['graine', 'seed', 'secret'],
  type: ['type'],
  digits: ['chiffres', 'digits'],
  period: ['periode', 'period'],
  algorithm: ['algorithme', 'algorithm'],
  manufacturedOn: ['date_fabrication', 'date_de_fabrication', 'manufacture_date', 'manufactured_on'],
  price: ['prix', 'price'],
  counter: ['compteur', 'counter'],
  drift: ['derive', 'drift'],
  manufacturer: ['fabricant', 'manufacturer'],
  model: ['modele', 'model'],
} as const satisfies Record<string, readonly string[]>

type Column = keyof typeof COLUMNS

/** In: bytes of a CSV file, today. Out: its keys and refusals, in order. Errors: `FileRefusal`. */
export async function* readKeyCsv(bytes: Uint8Array, today: string): AsyncGenerator<KeyLine> {
  let rows = 0
  let checkedHeader = false
  for await (const row of readTable(chunksOf(bytes), [])) {
    if (!checkedHeader) requireColumns(row)
    checkedHeader = true
    rows += 1
    if (rows > KEYS_LIMIT)
      throw new FileRefusal(
        `le fichier compte plus de ${KEYS_LIMIT.toLocaleString('fr-FR')} clés. Découpez-le.`,
        row.line,
      )
    yield lineOf(row, today)
  }
}

const CHUNK = 65_536

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}

const nameIn = (row: TableRow, column: Column): string | undefined =>
  COLUMNS[column].find((name) => row.has(name))

const textOf = (row: TableRow, column: Column): string => row.cell(nameIn(row, column) ?? COLUMNS[column][0])

function requireColumns(row: TableRow): void {
  const missing = (['serial', 'seed'] as const).filter((column) => nameIn(row, column) === undefined)
  if (missing.length === 0) return
  const names = missing.map((column) => `« ${COLUMNS[column][0]} »`).join(' et ')
  throw new FileRefusal(
    `il manque ${missing.length > 1 ? 'les colonnes' : 'la colonne'} ${names}. Ajoutez ce titre à la première ligne.`,
    1,
  )
}

function lineOf(row: TableRow, today: string): KeyLine {
  try {
    return { kind: 'key', line: row.line, key: keyOf(row, today) }
  } catch (error) {
    if (!(error instanceof KeyFault)) throw error
    const serial = checkedLabel(textOf(row, 'serial'))
    return { kind: 'refused', line: row.line, serial, field: error.field, reason: error.reason }
  }
}

function keyOf(row: TableRow, today: string): KeyRecord {
  const cell = (column: Column): [string, string] => [
    textOf(row, column),
    nameIn(row, column) ?? COLUMNS[column][0],
  ]
  const type = typeOf(...cell('type'), textOf(row, 'period') !== '')
  return {
    serial: checkedSerial(...cell('serial')),
    manufacturer: checkedLabel(textOf(row, 'manufacturer')),
    model: checkedLabel(textOf(row, 'model')),
    manufacturedOn: pastDay(...cell('manufacturedOn'), today),
    endsOn: null,
    type,
    algorithm: checkedAlgorithm(...cell('algorithm')),
    digits: checkedDigits(...cell('digits'), 6),
    period: type === 'totp' ? checkedPeriod(...cell('period')) : null,
    counter: type === 'hotp' ? checkedCounter(...cell('counter')) : 0,
    drift: type === 'totp' ? checkedDrift(...cell('drift')) : 0,
    seed: checkedSeed(seedOf(...cell('seed')), cell('seed')[1]),
    unitPriceCents: centsOf(...cell('price')),
  }
}

/** A key whose type is not said is HOTP, unless it has a period. */
function typeOf(text: string, field: string, hasPeriod: boolean): KeyRecord['type'] {
  const type = text.trim().toLowerCase()
  if (type === '') return hasPeriod ? 'totp' : 'hotp'
  if (type === 'hotp' || type === 'totp') return type
  throw new KeyFault(field, `type ${shown(text)} non pris en charge : attendu hotp ou totp`)
}

function pastDay(text: string, field: string, today: string): string | null {
  const day = checkedDay(text, field)
  if (day !== null && day > today)
    throw new KeyFault(field, `la date ${shown(text)} est à venir : donnez la date de fabrication`)
  return day
}

function centsOf(text: string, field: string): number | null {
  if (text.trim() === '') return null
  const found = /^(\d{1,5})(?:[.,](\d{1,2}))?\s*€?$/.exec(text.trim())
  if (!found) throw new KeyFault(field, `prix ${shown(text)} illisible : attendu des euros TTC, comme 8,17`)
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}
