export const DECLARED_VERDICTS = [
  { value: 'compliant', label: 'tenue' },
  { value: 'partial', label: 'tenue en partie' },
  { value: 'non_compliant', label: 'non tenue' },
  { value: 'not_applicable', label: 'sans objet ici' },
] as const
export type DeclaredVerdict = (typeof DECLARED_VERDICTS)[number]['value']

/** Where a declaration was made. */
export const ORIGIN_WORDS = {
  form: 'sur cette page',
  questionnaire: 'dans le questionnaire guidé',
  visit: 'lors d’une visite',
  bulk: 'avec d’autres',
} as const

/** What the form holds; a null verdict is still to be chosen. */
export interface TypedDeclaration {
  readonly verdict: DeclaredVerdict | null
  readonly comment: string
}

export const NOTHING_TYPED: TypedDeclaration = { verdict: null, comment: '' }

/** In: the form of a declaration. Out: what was chosen and typed, trimmed. */
export function readDeclaration(form: FormData): TypedDeclaration {
  const verdict = form.get('verdict')
  const comment = form.get('commentaire')
  return {
    verdict: DECLARED_VERDICTS.find(({ value }) => value === verdict)?.value ?? null,
    comment: typeof comment === 'string' ? comment.trim() : '',
  }
}
