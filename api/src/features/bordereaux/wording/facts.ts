import { dayInWords } from '../../deployment/calendar.ts'
import type { PrintedKey } from '../content.ts'
import type { Block } from '../pdf/blocks.ts'

/** In: a label that starts a line. Out: the same inside a sentence; an acronym stays as it is. */
export const lowered = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

export const keyFacts = ({ serial, model, expiresOn }: PrintedKey): Block => ({
  kind: 'facts',
  rows: [
    ['Numéro de série', serial],
    ...(model === null ? [] : [['Modèle', model] as const]),
    ...(expiresOn === null ? [] : [['Fin de vie', dayInWords(expiresOn)] as const]),
  ],
})

/** « 1 clé », « 12 clés ». */
export const countOfKeys = (count: number): string => `${count} ${count > 1 ? 'clés' : 'clé'}`

/** `31/08/2031`; empty when unknown. */
export const shortDay = (day: string | null): string => day?.split('-').reverse().join('/') ?? ''
