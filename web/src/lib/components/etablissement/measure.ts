const NBSP = '\u00a0'
const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 })

const counted = (value: number, singular: string, plural: string): string =>
  `${number.format(value)}${NBSP}${Math.abs(value) < 2 ? singular : plural}`

const BYTES = ['octets', 'Ko', 'Mo', 'Go', 'To'] as const

function bytes(value: number): string {
  if (value < 1000) return counted(value, 'octet', 'octets')
  const power = Math.min(Math.floor(Math.log10(value) / 3), BYTES.length - 1)
  return `${number.format(value / 1000 ** power)}${NBSP}${BYTES[power]}`
}

/** Rounded down, so that a missed threshold never looks reached. */
export const percentOf = (rate: number): string => `${whole.format(Math.floor(rate * 100 + 1e-9))}${NBSP}%`

/** In: a value and the unit of the evidence registry. Out: what a person reads, « 12 jours », « 96 % », « oui ». */
export function readMeasure(value: number | boolean | string, unit?: string): string {
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (typeof value === 'string') return value
  if (unit === 'ratio') return percentOf(value)
  if (unit === 'd') return counted(value, 'jour', 'jours')
  if (unit === 'h')
    return value < 72 ? counted(value, 'heure', 'heures') : counted(value / 24, 'jour', 'jours')
  if (unit === 's') return counted(value, 'seconde', 'secondes')
  if (unit === 'By') return bytes(value)
  return number.format(value)
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
  const share = of > 0 ? ` (${percentOf(value / of)})` : ''
  return `${number.format(value)}${NBSP}/${NBSP}${number.format(of)}${share}`
}

/** In: mebioctets. Out: « 16 Go », « 512 Mo ». */
export const readMebibytes = (value: number): string =>
  value >= 1024 ? `${number.format(value / 1024)}${NBSP}Go` : `${number.format(value)}${NBSP}Mo`
