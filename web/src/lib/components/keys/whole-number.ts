/** In: what was typed. Out: the whole number it says, spaces between thousands allowed; null otherwise. */
export function wholeNumber(text: string): number | null {
  const digits = text.replaceAll(/[\s\u00a0\u202f]/g, '')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null
}
