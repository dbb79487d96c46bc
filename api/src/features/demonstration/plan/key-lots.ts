import { createHash } from 'node:crypto'

/** One lot of tokens as its supplier delivers it, with the file of its seeds. */
export interface KeyLot {
  readonly fileName: string
  readonly prefix: string
  readonly type: 'hotp' | 'totp'
  /** Tokens sent to each département, in the order of the plan; the rest stays with the académie. */
  readonly shares: readonly number[]
  readonly count: number
  /** Months between manufacture and today. */
  readonly monthsOld: number
  readonly manufacturer: string
  readonly model: string
}

/** A lot near its end of life, a recent one, and time-based tokens kept by the académie. */
export const KEY_LOTS: readonly KeyLot[] = [
  {
    fileName: 'lot-brumaire.csv',
    prefix: 'BRU',
    type: 'hotp',
    shares: [5, 5, 5, 5],
    count: 22,
    monthsOld: 56,
    manufacturer: 'Ferronnerie Numérique de Valmont',
    model: 'Jeton F1',
  },
  {
    fileName: 'lot-serre.csv',
    prefix: 'SER',
    type: 'hotp',
    shares: [32, 14, 14, 16],
    count: 80,
    monthsOld: 14,
    manufacturer: 'Ferronnerie Numérique de Valmont',
    model: 'Jeton F2',
  },
  {
    fileName: 'lot-orge.csv',
    prefix: 'ORG',
    type: 'totp',
    shares: [],
    count: 20,
    monthsOld: 7,
    manufacturer: 'Horlogerie d’Orge',
    model: 'Cadran 30',
  },
]

export const serialOf = ({ prefix }: KeyLot, rank: number): string =>
  `${prefix}${String(1_000 + rank).padStart(6, '0')}`

/** Serials of a lot that go to the département of that rank. */
export function serialsFor(lot: KeyLot, rank: number): string[] {
  const first = lot.shares.slice(0, rank).reduce((sum, share) => sum + share, 0)
  return Array.from({ length: lot.shares[rank] ?? 0 }, (_, at) => serialOf(lot, first + at))
}

/** Seed of a token of the demonstration: it protects nothing, and is the same on every machine. */
export const seedOf = (serial: string): Uint8Array =>
  new Uint8Array(createHash('sha1').update(`vigie demonstration ${serial}`).digest())

const dayMonthsBefore = (end: Date, months: number): string => {
  const day = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months, 15))
  return day.toISOString().slice(0, 10)
}

/** The file of a lot, as an administrator imports it. In: the lot, the end of the story. */
export function lotFile(lot: KeyLot, end: Date): Uint8Array {
  const made = dayMonthsBefore(end, lot.monthsOld)
  const lines = Array.from({ length: lot.count }, (_, rank) => {
    const serial = serialOf(lot, rank)
    const seed = Buffer.from(seedOf(serial)).toString('hex')
    return [serial, seed, lot.type, 6, lot.type === 'totp' ? 30 : '', made, lot.manufacturer, lot.model].join(
      ';',
    )
  })
  const head = 'numero_serie;graine;type;chiffres;periode;date_fabrication;fabricant;modele'
  return Buffer.from(`${[head, ...lines].join('\n')}\n`)
}
