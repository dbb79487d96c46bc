/** National identifier of an establishment: seven digits and a check letter, parsed at the boundary. */
export type Uai = string & { readonly __uai: true }

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const SHAPE = /^\d{7}[A-Z]$/

/** In: seven digits. Out: the check letter (remainder of the division by 23). */
export const uaiLetterOf = (digits: string): string => LETTERS.charAt(Number(digits) % LETTERS.length)

/** True for an UAI already in its canonical form, check letter included. */
export const isUai = (text: string): text is Uai =>
  SHAPE.test(text) && text.charAt(7) === uaiLetterOf(text.slice(0, 7))

/** In: what a person or a file wrote (any case, spaces around or inside). Out: the UAI, or null. */
export function parseUai(text: string): Uai | null {
  const canonical = text.replaceAll(/\s/g, '').toUpperCase()
  return isUai(canonical) ? canonical : null
}

/** In: a text that `parseUai` refuses. Out: what is wrong with it and the remedy, in French. */
export function refusalOfUai(text: string): string {
  const canonical = text.replaceAll(/\s/g, '').toUpperCase()
  if (canonical === '') return 'UAI absent : renseignez sept chiffres suivis d’une lettre'
  if (!SHAPE.test(canonical))
    return `« ${text.trim().slice(0, 20)} » n’est pas un UAI : attendu sept chiffres suivis d’une lettre`
  return `la lettre de contrôle de « ${canonical} » est fausse : vérifiez l’identifiant (lettre attendue pour ces chiffres : ${uaiLetterOf(canonical.slice(0, 7))})`
}
