const NBSP = '\u00a0'

/** In: a number as a person typed it, comma or point. Out: the number, null when it is none. */
export function readNumber(text: string): number | null {
  const plain = text.replaceAll(/\s/g, '').replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

/** In: a number. Out: as a person reads it, every decimal kept: « 1 000 », « 0,05 ». */
export function showNumber(value: number): string {
  const [whole = '0', decimals] = String(value).split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP)
  return decimals === undefined ? spaced : `${spaced},${decimals}`
}

/** In: a number and its unit. Out: « 20 refus », « 0,1 % ». */
export const showMeasure = (value: number, unit: string): string => `${showNumber(value)}${NBSP}${unit}`
