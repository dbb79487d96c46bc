import { typed } from '#lib/form-text.ts'

/** The answers, in the order in which a question offers them. */
export const REPLIES = [
  { value: 'compliant', label: 'Oui' },
  { value: 'partial', label: 'En partie' },
  { value: 'non_compliant', label: 'Non' },
  { value: 'not_applicable', label: 'Sans objet chez nous' },
  { value: 'do_not_know', label: 'Je ne sais pas' },
] as const

export type Reply = (typeof REPLIES)[number]['value'] | 'later'

/** What each answer is called afterwards. */
export const REPLY_WORDS: Readonly<Record<Reply, string>> = {
  compliant: 'oui',
  partial: 'en partie',
  non_compliant: 'non',
  not_applicable: 'sans objet',
  do_not_know: 'je ne sais pas',
  later: 'plus tard',
}

export interface TypedReply {
  readonly reply: Reply | null
  readonly comment: string
}

/** In: the form of a question. Out: what was chosen and typed; « plus tard » is a button, and wins. */
export function readReply(form: FormData): TypedReply {
  const comment = typed(form, 'commentaire')
  if (form.has('plus-tard')) return { reply: 'later', comment }
  const chosen = form.get('reponse')
  return { reply: REPLIES.find(({ value }) => value === chosen)?.value ?? null, comment }
}

/** In: minutes. Out: « environ 14 minutes ». */
export function aboutMinutes(minutes: number): string {
  const whole = Math.max(1, Math.ceil(minutes))
  return `environ ${whole}\u00a0${whole === 1 ? 'minute' : 'minutes'}`
}
