import { formatCount, formatNumber, formatRate } from '#lib/format.ts'

const NBSP = '\u00a0'
const BYTES = ['octets', 'Ko', 'Mo', 'Go', 'To'] as const

function bytes(value: number): string {
  if (value < 1000) return formatCount(value, 'octet', 'octets')
  const power = Math.min(Math.floor(Math.log10(value) / 3), BYTES.length - 1)
  return `${formatNumber(value / 1000 ** power)}${NBSP}${BYTES[power]}`
}

/** In: a value and the unit of the evidence registry. Out: what a person reads, « 12 jours », « 96 % », « oui ». */
export function readMeasure(value: number | boolean | string, unit?: string): string {
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (typeof value === 'string') return value
  if (unit === 'ratio') return formatRate(value)
  if (unit === 'd') return formatCount(value, 'jour', 'jours')
  if (unit === 'h') return value < 72 ? formatCount(value, 'heure', 'heures') : readMeasure(value / 24, 'd')
  if (unit === 's') return formatCount(value, 'seconde', 'secondes')
  if (unit === 'By') return bytes(value)
  return formatNumber(value)
}

export interface ReadFigure {
  readonly label: string
  readonly value: number | boolean | string
  readonly of?: number | undefined
  readonly unit?: string | undefined
}

/** In: a figure of a verdict. Out: « 48 / 50 (96 %) » for a share, the measure otherwise. */
export function readFigure({ value, of, unit }: ReadFigure): string {
  if (typeof value !== 'number' || of === undefined) return readMeasure(value, unit)
  const share = of > 0 ? ` (${formatRate(value / of)})` : ''
  return `${formatNumber(value)}${NBSP}/${NBSP}${formatNumber(of)}${share}`
}

/** In: mebioctets. Out: « 16 Go », « 512 Mo ». */
export const readMebibytes = (value: number): string =>
  value >= 1024 ? `${formatNumber(value / 1024)}${NBSP}Go` : `${formatNumber(value)}${NBSP}Mo`
